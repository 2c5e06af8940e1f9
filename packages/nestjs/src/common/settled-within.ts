import { pause } from './pause.js';

/** Waits until all of `work` has ended, for `timeoutMs` at the longest; never rejects. */
export async function settledWithin(
  timeoutMs: number,
  work: Iterable<Promise<unknown>>,
): Promise<void> {
  const timeout = new AbortController();
  await Promise.race([Promise.allSettled(work), pause(timeoutMs, timeout.signal)]);
  timeout.abort();
}
