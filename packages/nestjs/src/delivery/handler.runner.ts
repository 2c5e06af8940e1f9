import { LRUCache } from 'lru-cache';

import { DeadlineExceededError, withDeadline } from '../common/deadline.js';
import { orAborted } from '../common/or-aborted.js';
import { notificationKey } from '../notification/notification-key.js';
import type { Delivery } from './delivery.js';
import type { HandlerProgress } from './delivery.progress.js';
import type { HandlerRun } from './handler-run.js';
import { HandlerTimeoutError } from './handler-timeout.error.js';
import type { NotificationHandler } from './notification.handler.js';

const MOST_RUNS = 10_000;

/** Runs one handler once, within its time, and never rejects. */
export class HandlerRunner {
  private leaving = new AbortController();
  /** Runs under way, and those that succeeded after their time-out, which nobody has seen yet. */
  private readonly runs = new LRUCache<string, Promise<unknown>>({ max: MOST_RUNS });

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
   * and what it came to in the meantime counts; so for a redrive, too.
   */
  private async attempt(
    handler: NotificationHandler,
    delivery: Delivery,
    progress: HandlerProgress,
  ): Promise<unknown> {
    const timeoutMs = handler.timeoutMs ?? this.defaultTimeoutMs;
    const key = JSON.stringify([handler.name, notificationKey(delivery.notification)]);
    try {
      const result = await withDeadline(timeoutMs, this.leaving.signal, (signal) => {
        const run = this.runs.get(key) ?? this.start(key, handler, delivery, progress, signal);
        return orAborted(run, signal);
      });
      this.runs.delete(key);
      return result;
    } catch (error) {
      throw error instanceof DeadlineExceededError
        ? new HandlerTimeoutError(handler.name, timeoutMs)
        : error;
    }
  }

  private start(
    key: string,
    handler: NotificationHandler,
    delivery: Delivery,
    { attempts }: HandlerProgress,
    signal: AbortSignal,
  ): Promise<unknown> {
    const run = (async () => handler.run(delivery, attempts, signal))();
    this.runs.set(key, run);
    run.catch(() => this.runs.delete(key));
    return run;
  }
}
