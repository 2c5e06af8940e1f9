/** How one handler is run, where it differs from the options of the module. */
export interface HandlerOptions {
  /** How often it may try a notification: a whole number from 1; `retry.attempts` if not given. */
  readonly attempts?: number;
  /** How long a run may take, in milliseconds; `handlerTimeoutMs` if not given. */
  readonly timeoutMs?: number;
}
