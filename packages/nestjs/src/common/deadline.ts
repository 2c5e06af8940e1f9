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
