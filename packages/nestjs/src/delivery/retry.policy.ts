import { type Backoff, backoffMs } from '../common/backoff.js';
import { Reject, RetryAfter } from './delivery.errors.js';

/** How many attempts a handler has, and how long it waits between them. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly backoff: Backoff;
}

/** What follows a failed attempt: another attempt after a wait, or giving up. */
export type AfterFailure =
  | {
      readonly next: 'retry';
      readonly afterMs: number;
      /**
       * How much earlier the handler may run, in milliseconds, if the notification arrives early.
       */
      readonly toleranceMs: number;
    }
  | { readonly next: 'give-up' };

/**
 * A webhook may come a little before the back-off ends. Then the handler runs at once; waiting for
 * the next POST would cost a minute.
 */
const BACKOFF_TOLERANCE = 0.2;
/** `RetryAfter` is a minimum, as exact as timers are. */
const TIMER_TOLERANCE_MS = 1;

/** @param attempt the number of the attempt that failed, from 1 */
export function afterFailure(
  error: unknown,
  attempt: number,
  { attempts, backoff }: RetryPolicy,
): AfterFailure {
  if (error instanceof Reject || attempt >= attempts) return { next: 'give-up' };
  if (error instanceof RetryAfter) {
    return { next: 'retry', afterMs: error.retryAfterMs, toleranceMs: TIMER_TOLERANCE_MS };
  }
  return retryAfterBackoff(backoffMs(attempt, backoff));
}

export function retryAfterBackoff(afterMs: number) {
  return {
    next: 'retry',
    afterMs,
    toleranceMs: Math.max(TIMER_TOLERANCE_MS, afterMs * BACKOFF_TOLERANCE),
  } as const;
}
