import type { Cancellation } from '../common/cancellation.js';
import type { DeadLetterWriter } from './dead-letter/dead-letter.writer.js';
import { HandlerLostError } from './delivery.errors.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { DeliveryProgress, HandlerProgress } from './delivery-progress.js';
import type { HandlerRunner } from './handler.runner.js';
import type { NotificationHandler } from './notification.handler.js';
import { failed, type HandlerRun, type Outcome } from './outcome.js';
import { RememberedResults } from './remembered-results.js';
import { afterFailure, retryAfterBackoff, type RetryPolicy } from './retry.policy.js';

/** A handler that has to handle the notification. */
interface Candidate {
  readonly handler: NotificationHandler;
  readonly progress: HandlerProgress;
  /** Set if its condition threw an error. */
  readonly failedMatch?: { readonly error: unknown };
}

/** A handler that has given up. */
interface GivenUp {
  readonly name: string;
  readonly progress: HandlerProgress;
}

/** The result of one handler in this round. */
interface HandlerAttempt {
  /** Missing if the handler did not run. */
  readonly run?: HandlerRun;
  /** When it has to run again, in milliseconds from now. Missing if it does not have to. */
  readonly waitMs?: number;
}

export interface AttemptTools {
  readonly retry: RetryPolicy;
  readonly runner: HandlerRunner;
  readonly deadLetters: DeadLetterWriter;
  readonly log: DeliveryLog;
}

/**
 * One round over the handlers of one notification: runs all that are due, and decides what follows.
 *
 * The same notification is delivered until it is acknowledged, and each delivery makes one round.
 * The attempts of a handler are something else: each handler counts its own, and a round in which
 * it does not run is not one of them. Each handler has its own progress over all rounds: it is
 * pending, has succeeded, or has given up. Each handler also has its own schedule. So a handler
 * that has succeeded does not run again, and a short wait of one handler does not use up the
 * attempts of another.
 *
 * A round first finds the handlers that have to handle the notification: those that match now, or
 * that matched in an earlier round. It runs those of them that are pending and due. Then the
 * outcome is one of these:
 *
 * - `retry`, if a handler is still pending. The wait lasts until the first of them is due.
 * - `dead-lettered`, if no handler is pending and one has given up. A dead letter is stored for each
 *   handler that has given up. If the store fails, or there is none, the notification is stuck: the
 *   outcome is `retry`, and these handlers become pending again. So nothing is lost, but the
 *   notification blocks those behind it.
 * - `acknowledged`, if all handlers have succeeded.
 */
export class DeliveryAttempt {
  private unfinished = 0;

  constructor(
    private readonly delivery: Delivery,
    private readonly progress: DeliveryProgress,
    private readonly tools: AttemptTools,
    /** Aborted when a stop, or the removal of the instance, cuts the round off. */
    private readonly abandoned: Cancellation,
  ) {}

  /** Resolves to undefined if no handler has to handle the notification. */
  async run(handlers: readonly NotificationHandler[]): Promise<Outcome | undefined> {
    const candidates: Candidate[] = [];
    for (const handler of handlers) {
      const candidate = this.candidateOf(handler);
      if (candidate) candidates.push(candidate);
    }
    // Each candidate has an entry in the progress.
    const missing =
      this.progress.handlers.size > candidates.length ? this.missingAmong(handlers) : [];
    if (candidates.length === 0 && missing.length === 0) return undefined;
    const [only, ...others] = candidates;
    const attempts =
      only && others.length === 0
        ? [await this.runIfDue(only)]
        : await Promise.all(candidates.map((each) => this.runIfDue(each)));
    const runs: HandlerRun[] = [];
    const waitsMs: number[] = [];
    for (const { run, waitMs } of attempts) {
      if (run) runs.push(run);
      if (waitMs !== undefined) waitsMs.push(waitMs);
    }
    // The round was cut off, so its results say nothing about the handlers.
    if (this.abandoned.isAborted) return { result: 'retry', retryAfterMs: 0, isCutOff: true, runs };
    if (waitsMs.length > 0) {
      const retryAfterMs = Math.min(...waitsMs);
      if (runs.length === 0) this.tools.log.notDue(this.delivery, retryAfterMs);
      return { result: 'retry', retryAfterMs, runs };
    }

    const givenUp = [
      ...missing,
      ...candidates
        .filter(({ progress }) => progress.state === 'given-up')
        .map(({ handler, progress }) => ({ name: handler.name, progress })),
    ];
    return givenUp.length === 0
      ? { result: 'acknowledged', reason: 'handled', runs }
      : this.deadLetter(givenUp, runs);
  }

  /** Undefined if the handler does not match, and has not matched before. */
  private candidateOf(handler: NotificationHandler): Candidate | undefined {
    const { redriveOf } = this.delivery;
    if (redriveOf) {
      if (handler.name !== redriveOf.handler) return undefined;
      const progress = this.progress.of(handler.name);
      if (redriveOf.remembered) {
        progress.remembered ??= new RememberedResults(redriveOf.remembered);
      }
      return { handler, progress };
    }
    const known = this.progress.find(handler.name);
    if (known?.hasMatched) return { handler, progress: known };
    try {
      if (!handler.matches(this.delivery)) {
        this.progress.forget(handler.name);
        return undefined;
      }
    } catch (error) {
      return { handler, progress: this.progress.of(handler.name), failedMatch: { error } };
    }
    const progress = this.progress.of(handler.name);
    progress.hasMatched = true;
    return { handler, progress };
  }

  /**
   * Handlers that matched before and no longer exist: they were renamed or removed while their
   * progress was in a store. They count as handlers that have given up, so that the notification is
   * not acknowledged as if they had succeeded.
   */
  private missingAmong(handlers: readonly NotificationHandler[]): GivenUp[] {
    if (this.delivery.redriveOf) return [];
    const names = new Set(handlers.map(({ name }) => name));
    return [...this.progress.handlers]
      .filter(
        ([name, { hasMatched, state }]) => hasMatched && state !== 'succeeded' && !names.has(name),
      )
      .map(([name, progress]) => {
        progress.error ??= new Error(`handler ${name} no longer exists`);
        return { name, progress };
      });
  }

  private async runIfDue(candidate: Candidate): Promise<HandlerAttempt> {
    const { progress } = candidate;
    if (progress.state !== 'pending') return {};
    const earlyMs = progress.dueAtMs - performance.now();
    if (earlyMs > progress.toleranceMs) return { waitMs: earlyMs };

    progress.attempts += this.delivery.job?.lostAttempts ?? 0;
    this.unfinished += 1;
    const run = await this.runOf(candidate);
    this.unfinished -= 1;
    if (!run) return {};
    progress.attempts = run.attempt;
    if (failed(run) && !this.hasCommitted(run)) return this.afterFailed(candidate, run);
    progress.state = 'succeeded';
    if (this.unfinished > 0) await this.delivery.job?.succeeded(run.handler);
    if (run.attempt > 1) this.tools.log.recovered(this.delivery, run);
    return { run };
  }

  /** What a handler does after its transaction was committed does not change its result. */
  private hasCommitted(run: HandlerRun): boolean {
    if (!this.delivery.job?.hasCommitted(run.handler)) return false;
    this.tools.log.failedAfterCommit(this.delivery, run);
    return true;
  }

  private runOf({ handler, progress, failedMatch }: Candidate) {
    const { lostAttempts = 0 } = this.delivery.job ?? {};
    if (lostAttempts > 0 && progress.attempts >= (handler.attempts ?? this.tools.retry.attempts)) {
      const error = new HandlerLostError(lostAttempts);
      return { handler: handler.name, attempt: progress.attempts, durationMs: 0, error };
    }
    const attempt = progress.attempts + 1;
    return failedMatch
      ? { handler: handler.name, attempt, durationMs: 0, error: failedMatch.error }
      : this.tools.runner.run(handler, this.delivery, attempt, progress, this.abandoned);
  }

  private afterFailed({ handler, progress }: Candidate, run: HandlerRun): HandlerAttempt {
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

  /**
   * Stores dead letters. If that fails, the notification is stuck, and its handlers are retried.
   */
  private async deadLetter(
    givenUp: readonly GivenUp[],
    runs: readonly HandlerRun[],
  ): Promise<Outcome> {
    const { deadLetters, log, retry } = this.tools;
    const failures = givenUp.map(({ name, progress: { attempts, error, remembered } }) => ({
      handler: name,
      attempts,
      error,
      remembered,
    }));
    if (await deadLetters.write(this.delivery, this.progress, failures)) {
      return { result: 'dead-lettered', runs };
    }
    const again = retryAfterBackoff(retry.backoff.maxMs);
    for (const { progress } of givenUp) {
      progress.state = 'pending';
      schedule(progress, again);
    }
    const isRedrive = this.delivery.redriveOf !== undefined;
    if (!this.progress.isStuck && !isRedrive) log.stuck(this.delivery, failures, again.afterMs);
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
