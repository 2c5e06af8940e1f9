import { setTimeout as delay } from 'node:timers/promises';

/** A timer that is set for longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits `durationMs`, or less if `signal` fires first; resolves in both cases. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0 || signal.aborted) return;
  const timerMs = Math.min(durationMs, LONGEST_TIMER_MS);
  await delay(timerMs, undefined, { signal }).catch(() => undefined);
}

/** Waits until all of `work` has ended, for `timeoutMs` at the longest; never rejects. */
export async function settledWithin(
  timeoutMs: number,
  work: Iterable<Promise<unknown>>,
): Promise<void> {
  const timeout = new AbortController();
  await Promise.race([Promise.allSettled(work), pause(timeoutMs, timeout.signal)]);
  timeout.abort();
}

/** `work`, or a rejection with the signal's reason if that fires first; `work` is then left to itself. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    work.then(resolve, reject);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** Thrown by {@link withDeadline} when the time is over before the work is done. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';

  constructor(readonly deadlineMs: number) {
    super(`not finished within ${deadlineMs} ms`);
  }
}

/**
 * Runs `work` with a signal that fires when `parent` does or when `deadlineMs` is over.
 *
 * Used instead of `AbortSignal.any`, which keeps every derived signal reachable from a parent that
 * lives as long as the process.
 */
export async function withDeadline<T>(
  deadlineMs: number,
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  parent?.throwIfAborted();
  const controller = new AbortController();
  const onParentAbort = () => controller.abort(parent?.reason);
  parent?.addEventListener('abort', onParentAbort, { once: true });
  const timer = setTimeout(
    () => controller.abort(new DeadlineExceededError(deadlineMs)),
    deadlineMs,
  );
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    parent?.removeEventListener('abort', onParentAbort);
  }
}
