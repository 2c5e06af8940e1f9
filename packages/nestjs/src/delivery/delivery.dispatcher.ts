import type { Subscription } from 'rxjs';

import { type Backoff, backoffMs } from '../common/backoff.js';
import { notificationKey } from '../notification/notification-key.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import { DeliveryProgressStore, type DeliveryProgress } from './delivery.progress.js';
import { failed, type HandlerRun } from './handler-run.js';
import type { HandlerSource } from './handler.source.js';
import type { NotificationHandler } from './notification.handler.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';

export interface DispatcherOptions {
  readonly backoff: Backoff;
  /** What becomes of a notification that no handler matches. */
  readonly unhandled: 'acknowledge' | 'retry';
}

/**
 * Runs the handlers of each delivery and settles it. It never rejects, so nothing that a handler
 * does can end the stream.
 */
export class DeliveryDispatcher {
  private readonly progress = new DeliveryProgressStore();
  private readonly running = new Map<string, Promise<Outcome>>();
  private subscription: Subscription | undefined;

  constructor(
    private readonly stream: NotificationStream,
    private readonly handlers: HandlerSource,
    private readonly options: DispatcherOptions,
    private readonly log: DeliveryLog,
  ) {}

  start(): void {
    this.subscription ??= this.stream.arrivals$.subscribe(({ delivery, settle }) => {
      void this.dispatch(delivery).then(settle);
    });
  }

  stop(): void {
    this.subscription?.unsubscribe();
    this.subscription = undefined;
  }

  /** A notification that arrives again while it is being handled joins the run under way. */
  private dispatch(delivery: Delivery): Promise<Outcome> {
    const key = notificationKey(delivery.notification);
    const running = this.running.get(key);
    if (running) return running;
    const attempt = this.attempt(delivery, key).finally(() => this.running.delete(key));
    this.running.set(key, attempt);
    return attempt;
  }

  private async attempt(delivery: Delivery, key: string): Promise<Outcome> {
    const handlers = this.handlers.handlersFor(delivery);
    if (handlers.length === 0) return this.unhandled(delivery);
    const progress = this.progress.of(key);
    const due = handlers.filter((handler) => !progress.succeeded.has(handler));
    const runs = await Promise.all(due.map((handler) => run(handler, delivery, progress)));
    for (const success of runs.filter((r) => !failed(r) && r.attempt > 1)) {
      this.log.recovered(delivery, success);
    }
    const failures = runs.filter(failed);
    if (failures.length === 0) {
      this.progress.forget(key);
      return { result: 'acknowledged', runs };
    }
    const retryAfterMs = backoffMs(
      Math.max(...failures.map((f) => f.attempt)),
      this.options.backoff,
    );
    for (const failure of failures) this.log.failed(delivery, failure, retryAfterMs);
    return { result: 'retry', retryAfterMs, runs };
  }

  private unhandled(delivery: Delivery): Outcome {
    this.log.unhandled(delivery);
    if (this.options.unhandled === 'acknowledge') return { result: 'acknowledged', runs: [] };
    return { result: 'retry', retryAfterMs: this.options.backoff.maxMs, runs: [] };
  }
}

async function run(
  handler: NotificationHandler,
  delivery: Delivery,
  progress: DeliveryProgress,
): Promise<HandlerRun> {
  const attempt = (progress.attempts.get(handler) ?? 0) + 1;
  progress.attempts.set(handler, attempt);
  const startedAt = performance.now();
  const report = () => ({
    handler: handler.name,
    attempt,
    durationMs: performance.now() - startedAt,
  });
  try {
    const result = await handler.run(delivery, attempt, new AbortController().signal);
    progress.succeeded.add(handler);
    return { ...report(), result };
  } catch (error) {
    return { ...report(), error };
  }
}
