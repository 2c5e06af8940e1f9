import type { DeadLetterOffice } from './dead-letter/dead-letter.office.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import { GIVING_UP, KEPT } from './delivery.messages.js';
import type { DeliveryProgress } from './delivery.progress.js';
import { failed, type HandlerRun } from './handler-run.js';
import type { HandlerRunner } from './handler.runner.js';
import type { NotificationHandler } from './notification.handler.js';
import type { Outcome } from './outcome.js';
import { afterFailure, type RetryPolicy } from './retry.policy.js';

/**
 * One attempt at one notification: runs the handlers that have not come to an end yet, and decides
 * what follows.
 */
export class DeliveryAttempt {
  constructor(
    private readonly delivery: Delivery,
    private readonly progress: DeliveryProgress,
    private readonly retry: RetryPolicy,
    private readonly runner: HandlerRunner,
    private readonly deadLetters: DeadLetterOffice,
    private readonly log: DeliveryLog,
  ) {}

  async run(handlers: readonly NotificationHandler[]): Promise<Outcome> {
    const abandoned = this.runner.abandoned;
    const attempts = await Promise.all(handlers.map((handler) => this.runIfDue(handler)));
    const runs = attempts.flatMap(({ run }) => run ?? []);
    // What was cut off by the end of the application says nothing about its handler.
    if (abandoned.aborted) return { result: 'retry', retryAfterMs: 0, runs };

    const waitsMs = attempts.flatMap(({ waitMs }) => waitMs ?? []);
    if (waitsMs.length > 0) return { result: 'retry', retryAfterMs: Math.min(...waitsMs), runs };

    const givenUp = handlers.filter((handler) => this.progress.of(handler).state === 'given-up');
    if (givenUp.length === 0) return { result: 'acknowledged', runs };
    return this.park(givenUp, runs);
  }

  /** Resolves to the run if there was one, and to the time until the next if there is to be one. */
  private async runIfDue(
    handler: NotificationHandler,
  ): Promise<{ readonly run?: HandlerRun; readonly waitMs?: number }> {
    const progress = this.progress.of(handler);
    if (progress.state !== 'pending') return {};
    const earlyMs = progress.notBeforeMs - performance.now();
    if (earlyMs > 0) return { waitMs: earlyMs };

    const run = await this.runner.run(handler, this.delivery, progress);
    if (!failed(run)) {
      progress.state = 'succeeded';
      if (run.attempt > 1) this.log.recovered(this.delivery, run);
      return { run };
    }
    progress.error = run.error;
    const { attempts = this.retry.attempts } = handler;
    const after = afterFailure(run.error, run.attempt, { ...this.retry, attempts });
    if (after.next === 'give-up') {
      progress.state = 'given-up';
      this.log.failed(this.delivery, run, GIVING_UP);
      return { run };
    }
    if (after.notBefore) progress.notBeforeMs = performance.now() + after.afterMs;
    this.log.failed(this.delivery, run, KEPT(after.afterMs));
    return { run, waitMs: after.afterMs };
  }

  /** What cannot be put away safely stays with GREEN-API, and its handlers go on trying. */
  private async park(
    handlers: readonly NotificationHandler[],
    runs: readonly HandlerRun[],
  ): Promise<Outcome> {
    const givenUp = handlers.map((handler) => {
      const { attempts, error } = this.progress.of(handler);
      return { handler: handler.name, attempts, error };
    });
    const { firstAt } = this.progress;
    if (await this.deadLetters.park(this.delivery, firstAt, givenUp)) {
      return { result: 'dead-lettered', runs };
    }
    for (const handler of handlers) this.progress.of(handler).state = 'pending';
    const retryAfterMs = this.retry.backoff.maxMs;
    this.log.stuck(
      this.delivery,
      handlers.map(({ name }) => name),
      retryAfterMs,
    );
    return { result: 'retry', retryAfterMs, isStuck: true, runs };
  }
}
