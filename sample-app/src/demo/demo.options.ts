export interface DemoOptions {
  /** Stops by itself after so many seconds; undefined runs until Ctrl-C. */
  readonly forSeconds: number | undefined;
  readonly transport: 'polling' | 'webhook';
}
