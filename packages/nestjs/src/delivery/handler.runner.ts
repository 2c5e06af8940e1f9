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
/**
 * How long the next attempt waits for an abandoned run. A handler that watches its signal ends in
 * this time.
 */
const LONGEST_END_MS = 1000;

interface StartedRun {
  readonly instance: Instance;
  readonly result: Promise<unknown>;
  /** When a stop, or the removal of its instance, abandoned it: monotonic time in milliseconds. */
  abandonedAtMs?: number;
}

/**
 * Runs one handler once, within its time-out, and never rejects.
 *
 * Two runs of one handler for one notification at the same time are worse than a late run. But
 * JavaScript cannot end a run from outside: it may go on after its time-out, or after a stop. So
 * the runner remembers each run until an attempt has taken its result:
 *
 * - A run that exceeds its time-out counts as a failed attempt. The next attempt waits for this run
 *   instead of starting a second one. If the run succeeds, its result counts.
 * - A run that a stop cuts off is abandoned. It does not count as an attempt, because it says
 *   nothing about the handler. The next attempt gives it a second to end. If it succeeds, its
 *   result counts. Otherwise the handler starts again.
 */
export class HandlerRunner {
  /** By instance: its signal fires when the runs of the instance are abandoned. */
  private readonly abandoners = new Map<Instance, AbortController>();
  /** Runs in progress, and runs that succeeded too late and whose result no attempt has taken. */
  private readonly runs = new LRUCache<string, StartedRun>({ max: MOST_RUNS });

  constructor(
    private readonly defaultTimeoutMs: number,
    private readonly interceptor = new RunInterceptor(),
  ) {}

  /** Fires when this instance's current runs are abandoned. */
  abandonedOf(instance: Instance): AbortSignal {
    const known = this.abandoners.get(instance);
    if (known) return known.signal;
    const controller = new AbortController();
    // Each run in progress adds a listener.
    setMaxListeners(0, controller.signal);
    this.abandoners.set(instance, controller);
    return controller.signal;
  }

  /** Resolves to undefined if the run was abandoned before it ended. */
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

  /** Abandons the runs in progress, of one instance or of all: fires their signals. */
  abandon(instance?: Instance): void {
    const abandonedAtMs = performance.now();
    for (const run of this.runs.values()) {
      if (instance === undefined || run.instance === instance) run.abandonedAtMs ??= abandonedAtMs;
    }
    for (const [each, controller] of this.abandoners) {
      if (instance !== undefined && each !== instance) continue;
      this.abandoners.delete(each);
      controller.abort();
    }
  }

  /** Forgets the runs of these handlers for one notification. */
  forget(handlers: Iterable<string>, key: string): void {
    for (const handler of handlers) this.runs.delete(runKeyOf(handler, key));
  }

  /**
   * Waits for an earlier run that is still in progress, or uses its result, instead of starting a
   * second one. The earlier run may also be one of a redrive.
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

  /** Gives an abandoned run time to end. If it does not succeed in this time, it is forgotten. */
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
