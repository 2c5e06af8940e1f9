/** One run of one handler. */
export interface HandlerRun {
  /** Class and method, such as `Inbox.onText`. */
  readonly handler: string;
  /** Which attempt of this handler at this notification it was, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  /** What the handler resolved to, if it succeeded. */
  readonly result?: unknown;
  /** What it failed with; the key is there only if it failed. */
  readonly error?: unknown;
}

export function failed(run: HandlerRun): boolean {
  return 'error' in run;
}
