import { pause } from '../common/waits.js';
import type { Outcome } from './outcome.js';

/**
 * Repeats a delivery until its notification is acknowledged, dead-lettered or stuck, or until
 * `signal` fires. In between, it waits as long as each outcome says. Use it where GREEN-API does
 * not repeat the delivery, as in a redrive.
 *
 * @returns the last outcome. It is `retry` only if the notification is stuck or `signal` fired.
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
