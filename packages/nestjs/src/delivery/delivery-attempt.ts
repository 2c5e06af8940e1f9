import type { DeadLetterWriter } from './dead-letter/dead-letter.writer.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { DeliveryProgress, HandlerProgress } from './delivery-progress.js';
import type { HandlerRunner } from './handler.runner.js';
import type { NotificationHandler } from './notification.handler.js';
import { failed, type HandlerRun, type Outcome } from './outcome.js';
import { afterFailure, retryAfterBackoff, type RetryPolicy } from './retry.policy.js';

/** A handler that this attempt is about. */
interface Concerned {
  readonly handler: NotificationHandler;
  readonly progress: HandlerProgress;
  /** Set if asking whether it matches threw. */
  readonly mismatch?: { readonly error: unknown };
}

/** A handler that does not try again. */
interface GivenUp {
  readonly name: string;
  readonly progress: HandlerProgress;
}

/** What came of one handler in this attempt. */
interface HandlerAttempt {
  readonly run?: HandlerRun;
  /** In how many milliseconds it is to run again, if it is. */
  readonly waitMs?: number;
}

export interface AttemptTools {
  readonly retry: RetryPolicy;
  readonly runner: HandlerRunner;
  readonly deadLetters: DeadLetterWriter;
  readonly log: DeliveryLog;
}

/**
 * One attempt at one notification: runs the handlers that are due, each by its own schedule, and
 * decides what follows.
 */
export class DeliveryAttempt {
  constructor(
    private readonly delivery: Delivery,
    private readonly progress: DeliveryProgress,
    private readonly tools: AttemptTools,
    /** Fires when a stop cuts it off. */
    private readonly abandoned: AbortSignal,
  ) {}

  /** Undefined if it concerns none of the handlers. */
  async run(handlers: readonly NotificationHandler[]): Promise<Outcome | undefined> {
    const concerned = handlers.flatMap((handler) => this.concernOf(handler) ?? []);
    const missing = this.missingAmong(handlers);
    if (concerned.length === 0 && missing.length === 0) return undefined;
    const attempts = await Promise.all(concerned.map((each) => this.runIfDue(each)));
    const runs = attempts.flatMap(({ run }) => run ?? []);
    // What a stop cut off says nothing about its handler.
    if (this.abandoned.aborted) return { result: 'retry', retryAfterMs: 0, runs };

    const waitsMs = attempts.flatMap(({ waitMs }) => waitMs ?? []);
    if (waitsMs.length > 0) {
      const retryAfterMs = Math.min(...waitsMs);
      if (runs.length === 0) this.tools.log.notDue(this.delivery, retryAfterMs);
      return { result: 'retry', retryAfterMs, runs };
    }

    const givenUp = [
      ...missing,
      ...concerned
        .filter(({ progress }) => progress.state === 'given-up')
        .map(({ handler, progress }) => ({ name: handler.name, progress })),
    ];
    return givenUp.length === 0
      ? { result: 'acknowledged', reason: 'handled', runs }
      : this.park(givenUp, runs);
  }

  /** Undefined if it is not for this handler and never was. */
  private concernOf(handler: NotificationHandler): Concerned | undefined {
    const { redriveOf } = this.delivery;
    if (redriveOf) {
      return handler.name === redriveOf.handler
        ? { handler, progress: this.progress.of(handler.name) }
        : undefined;
    }
    const known = this.progress.find(handler.name);
    if (known?.hasMatched) return { handler, progress: known };
    try {
      if (!handler.matches(this.delivery)) {
        this.progress.forget(handler.name);
        return undefined;
      }
    } catch (error) {
      return { handler, progress: this.progress.of(handler.name), mismatch: { error } };
    }
    const progress = this.progress.of(handler.name);
    progress.hasMatched = true;
    return { handler, progress };
  }

  /**
   * Handlers that matched before and are no more: renamed or removed while a store kept what they had
   * still to do. What nobody can run is given up on, and not acknowledged as if it were done.
   */
  private missingAmong(handlers: readonly NotificationHandler[]): GivenUp[] {
    if (this.delivery.redriveOf) return [];
    const names = new Set(handlers.map(({ name }) => name));
    return [...this.progress.handlers]
      .filter(
        ([name, { hasMatched, state }]) => hasMatched && state !== 'succeeded' && !names.has(name),
      )
      .map(([name, progress]) => {
        progress.error ??= new Error(`there is no handler ${name} any more`);
        return { name, progress };
      });
  }

  private async runIfDue(concerned: Concerned): Promise<HandlerAttempt> {
    const { progress } = concerned;
    if (progress.state !== 'pending') return {};
    const earlyMs = progress.dueAtMs - performance.now();
    if (earlyMs > progress.toleranceMs) return { waitMs: earlyMs };

    const run = await this.runOf(concerned);
    if (!run) return {};
    progress.attempts = run.attempt;
    if (failed(run)) return this.afterFailed(concerned, run);
    progress.state = 'succeeded';
    if (run.attempt > 1) this.tools.log.recovered(this.delivery, run);
    return { run };
  }

  private async runOf({ handler, progress, mismatch }: Concerned) {
    const attempt = progress.attempts + 1;
    return mismatch
      ? { handler: handler.name, attempt, durationMs: 0, error: mismatch.error }
      : this.tools.runner.run(handler, this.delivery, attempt, this.abandoned);
  }

  private afterFailed({ handler, progress }: Concerned, run: HandlerRun): HandlerAttempt {
    const { retry, log, deadLetters } = this.tools;
    progress.error = run.error;
    const { attempts = retry.attempts } = handler;
    const after = afterFailure(run.error, run.attempt, { ...retry, attempts });
    if (after.next === 'give-up') {
      progress.state = 'given-up';
      if (deadLetters.store) log.gaveUp(this.delivery, run);
      else log.failed(this.delivery, run, retry.backoff.maxMs);
      return { run };
    }
    schedule(progress, after);
    log.failed(this.delivery, run, after.afterMs);
    return { run, waitMs: after.afterMs };
  }

  /** What cannot be stored safely stays with GREEN-API, and its handlers go on trying. */
  private async park(givenUp: readonly GivenUp[], runs: readonly HandlerRun[]): Promise<Outcome> {
    const { deadLetters, log, retry } = this.tools;
    const failures = givenUp.map(({ name, progress: { attempts, error } }) => ({
      handler: name,
      attempts,
      error,
    }));
    if (await deadLetters.write(this.delivery, this.progress, failures)) {
      return { result: 'dead-lettered', runs };
    }
    const again = retryAfterBackoff(retry.backoff.maxMs);
    for (const { progress } of givenUp) {
      progress.state = 'pending';
      schedule(progress, again);
    }
    if (!this.progress.isStuck) log.stuck(this.delivery, failures, again.afterMs);
    this.progress.isStuck = true;
    return { result: 'retry', retryAfterMs: again.afterMs, isStuck: true, runs };
  }
}

function schedule(
  progress: HandlerProgress,
  { afterMs, toleranceMs }: { readonly afterMs: number; readonly toleranceMs: number },
): void {
  progress.dueAtMs = performance.now() + afterMs;
  progress.toleranceMs = toleranceMs;
}
