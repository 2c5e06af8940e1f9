import { LRUCache } from 'lru-cache';

import { DeadlineExceededError, withDeadline } from '../common/deadline.js';
import { orAborted } from '../common/or-aborted.js';
import { settledWithin } from '../common/settled-within.js';
import type { Delivery } from './delivery.js';
import { HandlerTimeoutError } from './handler-timeout.error.js';
import { RunInterceptor } from './interceptors.js';
import type { NotificationHandler } from './notification.handler.js';
import type { HandlerRun } from './outcome.js';

const MOST_RUNS = 10_000;
/** Whoever heeds the signal ends by then; nobody else is waited for. */
const LONGEST_END_MS = 1000;

interface StartedRun {
  readonly result: Promise<unknown>;
  /** When its signal fired because everything stopped; monotonic time in milliseconds. */
  abandonedAtMs?: number;
}

/** Runs one handler once, within its time, and never rejects. */
export class HandlerRunner {
  private leaving = new AbortController();
  /** Runs under way, and those that succeeded after their time-out, which nobody has seen yet. */
  private readonly runs = new LRUCache<string, StartedRun>({ max: MOST_RUNS });

  constructor(
    private readonly defaultTimeoutMs: number,
    private readonly interceptor = new RunInterceptor(),
  ) {}

  /** Fires when the runs under way are abandoned. */
  get abandoned(): AbortSignal {
    return this.leaving.signal;
  }

  /** Undefined if the run was abandoned: then nothing is known of it. */
  async run(
    handler: NotificationHandler,
    delivery: Delivery,
    attempt: number,
  ): Promise<HandlerRun | undefined> {
    const { abandoned } = this;
    const startedAt = performance.now();
    const report = () => ({
      handler: handler.name,
      attempt,
      durationMs: performance.now() - startedAt,
    });
    try {
      const result = await this.attempt(handler, delivery, attempt, abandoned);
      return { ...report(), result };
    } catch (error) {
      return abandoned.aborted ? undefined : { ...report(), error };
    }
  }

  /** Fires the signal of every run under way: nobody waits for them any more. */
  abandon(): void {
    const abandonedAtMs = performance.now();
    for (const run of this.runs.values()) run.abandonedAtMs ??= abandonedAtMs;
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
    attempt: number,
    abandoned: AbortSignal,
  ): Promise<unknown> {
    const timeoutMs = handler.timeoutMs ?? this.defaultTimeoutMs;
    const key = JSON.stringify([handler.name, delivery.key]);
    await this.letEnd(key);
    try {
      const result = await withDeadline(timeoutMs, abandoned, (signal) => {
        const run = this.runs.get(key) ?? this.start(key, handler, delivery, attempt, signal);
        return orAborted(run.result, signal);
      });
      this.runs.delete(key);
      return result;
    } catch (error) {
      throw error instanceof DeadlineExceededError
        ? new HandlerTimeoutError(handler.name, timeoutMs)
        : error;
    }
  }

  /** Gives a run that a stop cut off the time to end; one that does not is left to itself. */
  private async letEnd(key: string): Promise<void> {
    const run = this.runs.get(key);
    if (run?.abandonedAtMs === undefined) return;
    const leftMs = run.abandonedAtMs + LONGEST_END_MS - performance.now();
    let hasSucceeded = false;
    const succeeded = run.result.then(() => (hasSucceeded = true));
    await settledWithin(leftMs, [succeeded]);
    if (!hasSucceeded && this.runs.get(key) === run) this.runs.delete(key);
  }

  private start(
    key: string,
    handler: NotificationHandler,
    delivery: Delivery,
    attempt: number,
    signal: AbortSignal,
  ): StartedRun {
    const result = (async () =>
      this.interceptor.intercept({ handler, delivery, attempt }, async () =>
        handler.run(delivery, attempt, signal),
      ))();
    const run = { result };
    this.runs.set(key, run);
    result.catch(() => {
      if (this.runs.get(key) === run) this.runs.delete(key);
    });
    return run;
  }
}
