export interface DemoOptions {
  /** Stops after this many seconds; undefined runs until Ctrl-C. */
  readonly forSeconds: number | undefined;
  readonly transport: 'polling' | 'webhook';
  /** Whether notifications are stored in an inbox, in a temporary directory. */
  readonly hasInbox: boolean;
}
