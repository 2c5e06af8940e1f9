import { setMaxListeners } from 'node:events';

import { LRUCache } from 'lru-cache';

import { DeadlineExceededError, orAborted, settledWithin, withDeadline } from '../common/waits.js';
import type { Instance } from '../instance/instance.js';
import type { Delivery } from './delivery.js';
import { HandlerTimeoutError } from './delivery.errors.js';
import { RunInterceptor } from './interceptors.js';
import type { NotificationHandler } from './notification.handler.js';
import type { HandlerRun } from './outcome.js';

const MOST_RUNS = 10_000;
/** Whoever heeds the signal ends by then; nobody else is waited for. */
const LONGEST_END_MS = 1000;

interface StartedRun {
  readonly instance: Instance;
  readonly result: Promise<unknown>;
  /** When its signal fired because receiving stopped; monotonic time in milliseconds. */
  abandonedAtMs?: number;
}

/** Runs one handler once, within its time, and never rejects. */
export class HandlerRunner {
  /** For each instance that has run something, what abandons its runs. */
  private readonly leaving = new Map<Instance, AbortController>();
  /** Runs under way, and those that succeeded after their time-out, which nobody has seen yet. */
  private readonly runs = new LRUCache<string, StartedRun>({ max: MOST_RUNS });

  constructor(
    private readonly defaultTimeoutMs: number,
    private readonly interceptor = new RunInterceptor(),
  ) {}

  /** Fires when the runs of an instance that are under way are abandoned. */
  abandonedOf(instance: Instance): AbortSignal {
    const known = this.leaving.get(instance);
    if (known) return known.signal;
    const controller = new AbortController();
    // One for each run under way.
    setMaxListeners(0, controller.signal);
    this.leaving.set(instance, controller);
    return controller.signal;
  }

  /** Undefined if the run was abandoned: then nothing is known of it. */
  async run(
    handler: NotificationHandler,
    delivery: Delivery,
    attempt: number,
    abandoned = this.abandonedOf(delivery.instance),
  ): Promise<HandlerRun | undefined> {
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

  /** Fires the signals of the runs under way, of one instance or of all: nobody waits for them any more. */
  abandon(instance?: Instance): void {
    const abandonedAtMs = performance.now();
    for (const run of this.runs.values()) {
      if (instance === undefined || run.instance === instance) run.abandonedAtMs ??= abandonedAtMs;
    }
    for (const [each, controller] of this.leaving) {
      if (instance !== undefined && each !== instance) continue;
      this.leaving.delete(each);
      controller.abort();
    }
  }

  /** Nobody asks any more what became of the runs for this notification. */
  forget(handlers: Iterable<string>, key: string): void {
    for (const handler of handlers) this.runs.delete(runKeyOf(handler, key));
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
    const key = runKeyOf(handler.name, delivery.key);
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
    const run = { instance: delivery.instance, result };
    this.runs.set(key, run);
    result.catch(() => {
      if (this.runs.get(key) === run) this.runs.delete(key);
    });
    return run;
  }
}

function runKeyOf(handler: string, key: string): string {
  return JSON.stringify([handler, key]);
}
