import type { Subscription } from 'rxjs';

import { notificationKey } from '../notification/notification-key.js';
import type { DeadLetterOffice } from './dead-letter/dead-letter.office.js';
import type { Deduplicator } from './deduplication/deduplicator.js';
import { DeliveryAttempt } from './delivery.attempt.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import { DeliveryProgressStore } from './delivery.progress.js';
import type { HandlerRunner } from './handler.runner.js';
import type { HandlerSource } from './handler.source.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';
import type { RetryPolicy } from './retry.policy.js';

export interface DispatcherOptions {
  readonly retry: RetryPolicy;
  /** What becomes of a notification that no handler matches. */
  readonly unhandled: 'acknowledge' | 'retry';
}

/**
 * Makes one attempt for each delivery and settles it. It never rejects, so nothing that a handler
 * does can end the stream.
 */
export class DeliveryDispatcher {
  private readonly progress = new DeliveryProgressStore();
  private readonly running = new Map<string, Promise<Outcome>>();
  private subscription: Subscription | undefined;

  constructor(
    private readonly stream: NotificationStream,
    private readonly handlers: HandlerSource,
    private readonly runner: HandlerRunner,
    private readonly deduplicator: Deduplicator,
    private readonly deadLetters: DeadLetterOffice,
    private readonly options: DispatcherOptions,
    private readonly log: DeliveryLog,
  ) {}

  start(): void {
    this.subscription ??= this.stream.arrivals$.subscribe(({ delivery, settle }) => {
      void this.dispatch(delivery).then(settle);
    });
  }

  /** Fires the signals of the handlers that still run, and leaves their notifications unsettled. */
  stop(): void {
    this.subscription?.unsubscribe();
    this.subscription = undefined;
    this.runner.abandon();
  }

  /** A notification that arrives again while it is being handled joins the attempt under way. */
  private dispatch(delivery: Delivery): Promise<Outcome> {
    const { redriveOf } = delivery;
    const key = redriveOf?.letterId ?? notificationKey(delivery.notification);
    const running = this.running.get(key);
    if (running) return running;
    const attempt = this.attempt(delivery, key)
      .catch((error: unknown) => this.breakOff(delivery, error))
      .finally(() => this.running.delete(key));
    this.running.set(key, attempt);
    return attempt;
  }

  private async attempt(delivery: Delivery, key: string): Promise<Outcome> {
    if (!delivery.redriveOf && (await this.deduplicator.isDone(key))) {
      return { result: 'acknowledged', runs: [] };
    }
    const handlers = this.handlersFor(delivery);
    if (handlers.length === 0) return this.unhandled(delivery);
    const outcome = await new DeliveryAttempt(
      delivery,
      this.progress.of(key),
      this.options.retry,
      this.runner,
      this.deadLetters,
      this.log,
    ).run(handlers);
    if (outcome.result === 'retry') return outcome;
    this.progress.forget(key);
    if (!delivery.redriveOf) await this.deduplicator.markDone(key);
    return outcome;
  }

  /** Whatever else may throw, a delivery is settled; one that is not would hold back its queue for ever. */
  private breakOff(delivery: Delivery, error: unknown): Outcome {
    const retryAfterMs = this.options.retry.backoff.maxMs;
    this.log.broke(delivery, error, retryAfterMs);
    return { result: 'retry', retryAfterMs, runs: [] };
  }

  private handlersFor(delivery: Delivery) {
    const { redriveOf } = delivery;
    const handlers = this.handlers.handlersFor(delivery);
    return redriveOf ? handlers.filter(({ name }) => name === redriveOf.handler) : handlers;
  }

  private unhandled(delivery: Delivery): Outcome {
    this.log.unhandled(delivery);
    if (this.options.unhandled === 'acknowledge' && !delivery.redriveOf) {
      return { result: 'acknowledged', runs: [] };
    }
    return { result: 'retry', retryAfterMs: this.options.retry.backoff.maxMs, runs: [] };
  }
}
