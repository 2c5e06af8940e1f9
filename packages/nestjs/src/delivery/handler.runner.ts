import { DeadlineExceededError, withDeadline } from '../common/deadline.js';
import { orAborted } from '../common/or-aborted.js';
import type { Delivery } from './delivery.js';
import type { HandlerProgress } from './delivery.progress.js';
import type { HandlerRun } from './handler-run.js';
import { HandlerTimeoutError } from './handler-timeout.error.js';
import type { NotificationHandler } from './notification.handler.js';

/** Runs one handler once, within its time, and never rejects. */
export class HandlerRunner {
  private leaving = new AbortController();

  constructor(private readonly defaultTimeoutMs: number) {}

  async run(
    handler: NotificationHandler,
    delivery: Delivery,
    progress: HandlerProgress,
  ): Promise<HandlerRun> {
    progress.attempts += 1;
    const attempt = progress.attempts;
    const startedAt = performance.now();
    const report = () => ({
      handler: handler.name,
      attempt,
      durationMs: performance.now() - startedAt,
    });
    try {
      const result = await this.attempt(handler, delivery, progress);
      return { ...report(), result };
    } catch (error) {
      return { ...report(), error };
    }
  }

  /** Fires when the runs under way are abandoned. */
  get abandoned(): AbortSignal {
    return this.leaving.signal;
  }

  /** Fires the signal of every run under way: nobody waits for them any more. */
  abandon(): void {
    this.leaving.abort();
    this.leaving = new AbortController();
  }

  /**
   * A run that outlived its time-out is waited for again instead of being started a second time,
   * and what it came to in the meantime counts.
   */
  private async attempt(
    handler: NotificationHandler,
    delivery: Delivery,
    progress: HandlerProgress,
  ): Promise<unknown> {
    const timeoutMs = handler.timeoutMs ?? this.defaultTimeoutMs;
    try {
      return await withDeadline(timeoutMs, this.leaving.signal, (signal) => {
        progress.running ??= startRun(handler, delivery, progress, signal);
        return orAborted(progress.running, signal);
      });
    } catch (error) {
      throw error instanceof DeadlineExceededError
        ? new HandlerTimeoutError(handler.name, timeoutMs)
        : error;
    }
  }
}

async function startRun(
  handler: NotificationHandler,
  delivery: Delivery,
  progress: HandlerProgress,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return await handler.run(delivery, progress.attempts, signal);
  } catch (error) {
    progress.running = undefined;
    throw error;
  }
}
