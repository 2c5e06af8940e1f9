/** The longest timer of Node: a longer one fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits for `durationMs`, or until `signal` fires. Resolves in both cases. */
export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(durationMs, LONGEST_TIMER_MS));
    signal.addEventListener('abort', end);
  });
}

/** Waits until all promises of `work` are settled, but at most `timeoutMs`. Never rejects. */
export async function settledWithin(
  timeoutMs: number,
  work: Iterable<Promise<unknown>>,
): Promise<void> {
  const timeout = new AbortController();
  await Promise.race([Promise.allSettled(work), pause(timeoutMs, timeout.signal)]);
  timeout.abort();
}

/**
 * Settles as `work` does, but rejects with the signal's reason if `signal` fires first. That does
 * not stop `work`.
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    work.then(resolve, reject);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** The abort reason when the deadline of {@link withDeadline} has passed. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';

  constructor(readonly deadlineMs: number) {
    super(`not finished within ${deadlineMs} ms`);
  }
}

/**
 * Runs `work` with a signal that fires when `parent` fires or when `deadlineMs` is over. `work` has
 * to watch the signal, for example with {@link orAborted}: this function ends when `work` ends.
 *
 * It does not use `AbortSignal.any`, which keeps every derived signal in memory for as long as the
 * parent lives. Here the parent may live as long as the process.
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
