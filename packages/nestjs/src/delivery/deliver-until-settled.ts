import { pause } from '../common/waits.js';
import type { Outcome } from './outcome.js';

/**
 * Delivers again and again, after the time that each outcome names, until the notification is
 * acknowledged or dead-lettered, is stuck, or `signal` fires. For whoever repeats without
 * GREEN-API.
 *
 * @returns the last outcome, which is `retry` only if it is stuck or `signal` fired
 */
export async function deliverUntilSettled(
  deliver: () => Promise<Outcome>,
  signal: AbortSignal,
): Promise<Outcome> {
  for (;;) {
    const outcome = await deliver();
    if (outcome.result !== 'retry' || outcome.isStuck || signal.aborted) return outcome;
    await pause(outcome.retryAfterMs, signal);
    if (signal.aborted) return outcome;
  }
}
