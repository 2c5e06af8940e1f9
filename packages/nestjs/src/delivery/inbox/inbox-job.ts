import type { Cancellation } from '../../common/cancellation.js';

/** A stored notification while its handlers run. */
export interface InboxJob {
  /**
   * Aborted when its handlers should end: receiving stops, the instance is removed, or another
   * process has taken the notification over. The result of a run after that is not recorded.
   */
  readonly cutOff: Cancellation;
  /**
   * How many earlier attempts began, and never ended because their process ended or hung. Each
   * counts as a failed attempt of the handlers that were due.
   */
  readonly lostAttempts: number;
  /**
   * Runs `work` in a transaction of the store, which also records that this handler has succeeded.
   * Both are committed, or neither. It fails if another process has taken the notification over, or
   * if `signal` fires before `work` has ended.
   */
  transaction<T>(
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
  /**
   * Records that a handler has succeeded while others still run, so that it does not run again if
   * the process ends now. Never rejects.
   */
  succeeded(handler: string): Promise<void>;
  /**
   * Records the result of work that this handler must not do again. It is no reason to fail if that
   * does not succeed, because the work is done. Never rejects.
   *
   * @param result JSON
   */
  remember(handler: string, name: string, result: string): Promise<void>;
  /** Whether a transaction of this handler was committed. It has succeeded then. */
  hasCommitted(handler: string): boolean;
}
