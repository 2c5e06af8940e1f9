import { type Backoff, backoffMs } from '../common/backoff.js';
import { Reject } from './reject.error.js';
import { RetryAfter } from './retry-after.error.js';

/** How often a handler may try, and how long it waits in between. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly backoff: Backoff;
}

/** What follows a failed attempt: another one after a while, or no more. */
export type AfterFailure =
  | { readonly next: 'retry'; readonly afterMs: number; readonly notBefore: boolean }
  | { readonly next: 'give-up' };

/** @param attempt the number of the attempt that failed, from 1 */
export function afterFailure(
  error: unknown,
  attempt: number,
  { attempts, backoff }: RetryPolicy,
): AfterFailure {
  if (error instanceof Reject || attempt >= attempts) return { next: 'give-up' };
  return error instanceof RetryAfter
    ? { next: 'retry', afterMs: error.retryAfterMs, notBefore: true }
    : { next: 'retry', afterMs: backoffMs(attempt, backoff), notBefore: false };
}
