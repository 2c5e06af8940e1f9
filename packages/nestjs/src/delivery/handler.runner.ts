import { Cancellation } from '../common/cancellation.js';
import { Deadlines } from '../common/deadlines.js';
import { settledWithin } from '../common/waits.js';
import type { Instance } from '../instance/instance.js';
import type { Delivery } from './delivery.js';
import { HandlerTimeoutError } from './delivery.errors.js';
import { RunInterceptor, type StartingRun } from './interceptors.js';
import type { NotificationHandler, RunMemory } from './notification.handler.js';
import type { HandlerRun } from './outcome.js';

/** A handler may never end. So many of its runs are remembered. */
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
  /** By instance: aborted when the runs of the instance are abandoned. */
  private readonly abandoners = new Map<Instance, Cancellation>();
  /** Runs in progress, and runs that succeeded too late and whose result no attempt has taken. */
  private readonly runs = new Map<string, StartedRun>();
  private readonly deadlines = new Deadlines();

  constructor(
    private readonly defaultTimeoutMs: number,
    private readonly interceptor = new RunInterceptor(),
  ) {}

  /** Aborted when this instance's current runs are abandoned. */
  abandonedOf(instance: Instance): Cancellation {
    const known = this.abandoners.get(instance);
    if (known) return known;
    const abandoned = new Cancellation();
    this.abandoners.set(instance, abandoned);
    return abandoned;
  }

  /**
   * Waits for an earlier run that is still in progress, or uses its result, instead of starting a
   * second one. The earlier run may also be one of a redrive.
   *
   * Resolves to undefined if the run was abandoned before it ended.
   */
  async run(
    handler: NotificationHandler,
    delivery: Delivery,
    attempt: number,
    memory: RunMemory,
    abandoned: Cancellation,
  ): Promise<HandlerRun | undefined> {
    const startedAt = performance.now();
    const { name } = handler;
    const key = runKeyOf(name, delivery.key);
    try {
      const earlier = this.runs.get(key);
      if (earlier) await this.letEnd(key, this.refreshed(key, earlier));
      const result = await this.inTime(handler, abandoned, (cancellation) => {
        const run =
          this.runs.get(key) ??
          this.start(key, { handler, delivery, attempt }, () =>
            handler.run(delivery, attempt, cancellation, memory),
          );
        return run.result;
      });
      this.runs.delete(key);
      return { handler: name, attempt, durationMs: performance.now() - startedAt, result };
    } catch (thrown) {
      if (abandoned.isAborted) {
        this.markAbandoned(this.runs.get(key));
        return undefined;
      }
      const error = readable(thrown);
      return { handler: name, attempt, durationMs: performance.now() - startedAt, error };
    }
  }

  /** Abandons the runs in progress, of one instance or of all: fires their signals. */
  abandon(instance?: Instance): void {
    for (const run of this.runs.values()) {
      if (instance === undefined || run.instance === instance) this.markAbandoned(run);
    }
    for (const [each, abandoned] of this.abandoners) {
      if (instance !== undefined && each !== instance) continue;
      this.abandoners.delete(each);
      abandoned.abort();
    }
  }

  private markAbandoned(run: StartedRun | undefined): void {
    if (run) run.abandonedAtMs ??= performance.now();
  }

  /** Forgets the runs of these handlers for one notification. */
  forget(handlers: Iterable<string>, key: string): void {
    for (const handler of handlers) this.runs.delete(runKeyOf(handler, key));
  }

  /**
   * Settles as `work` does, but rejects if the time-out is over or the runs are abandoned first. That
   * does not end `work`.
   */
  private inTime(
    { name, timeoutMs = this.defaultTimeoutMs }: NotificationHandler,
    abandoned: Cancellation,
    work: (cancellation: Cancellation) => Promise<unknown>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.deadlines.remove(deadline);
        abandoned.remove(cancellation);
      };
      const cancellation = new Cancellation((reason) => {
        end();
        reject(reason);
      });
      const deadline = this.deadlines.add(timeoutMs, {
        expire: () => cancellation.abort(new HandlerTimeoutError(name, timeoutMs)),
      });
      abandoned.add(cancellation);
      if (cancellation.isAborted) return;
      const settle = (take: () => void) => {
        end();
        take();
      };
      work(cancellation).then(
        (result) => settle(() => resolve(result)),
        (error: unknown) => settle(() => reject(error)),
      );
    });
  }

  /** Gives an abandoned run time to end. If it does not succeed in this time, it is forgotten. */
  private async letEnd(key: string, run: StartedRun): Promise<void> {
    if (run.abandonedAtMs === undefined) return;
    const leftMs = run.abandonedAtMs + LONGEST_END_MS - performance.now();
    let hasSucceeded = false;
    const succeeded = run.result.then(() => (hasSucceeded = true));
    await settledWithin(leftMs, [succeeded]);
    if (!hasSucceeded && this.runs.get(key) === run) this.runs.delete(key);
  }

  private start(key: string, of: StartingRun, work: () => Promise<unknown>): StartedRun {
    const result = promiseOf(() => this.interceptor.intercept(of, () => promiseOf(work)));
    const run = { instance: of.delivery.instance, result };
    this.runs.set(key, run);
    if (this.runs.size > MOST_RUNS) this.forgetOldest();
    result.catch(() => {
      if (this.runs.get(key) === run) this.runs.delete(key);
    });
    return run;
  }

  /** A run that is asked for again is forgotten last. */
  private refreshed(key: string, run: StartedRun): StartedRun {
    this.runs.delete(key);
    this.runs.set(key, run);
    return run;
  }

  private forgetOldest(): void {
    for (const key of this.runs.keys()) {
      this.runs.delete(key);
      return;
    }
  }
}

/** Calls `work`, and returns a promise even if it throws or returns something else. */
function promiseOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}

/** A thrown value may be a proxy that throws when anything asks what it is. */
function readable(thrown: unknown): unknown {
  try {
    void (thrown instanceof Error);
    return thrown;
  } catch {
    return new TypeError('the handler threw a value that cannot be read');
  }
}

function runKeyOf(handler: string, key: string): string {
  return `${handler}\n${key}`;
}
