import type { Subscription } from 'rxjs';

import { settledWithin } from '../common/waits.js';
import type { Instance } from '../instance/instance.js';
import type { Deduplicator } from './deduplication/deduplicator.js';
import { type AttemptTools, DeliveryAttempt } from './delivery-attempt.js';
import type { Delivery } from './delivery.js';
import { DeliveryProgress, type ProgressStore } from './delivery-progress.js';
import type { HandlerSource } from './notification.handler.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';

/**
 * Makes one attempt for each delivery and settles it. It never rejects, so nothing that a handler
 * does can end the stream.
 */
export class DeliveryDispatcher {
  private readonly running = new Map<string, Promise<Outcome>>();
  private subscription: Subscription | undefined;
  private stopping = new AbortController();

  constructor(
    private readonly stream: NotificationStream,
    private readonly source: HandlerSource,
    private readonly deduplicator: Deduplicator,
    private readonly progress: ProgressStore,
    /** What becomes of a notification that no handler matches; undefined if the options do not say. */
    private readonly unhandled: 'acknowledge' | 'retry' | undefined,
    private readonly tools: AttemptTools,
  ) {}

  /** Fires when it stops. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  start(): void {
    this.subscription ??= this.stream.pending$.subscribe(({ delivery, settle }) => {
      void this.dispatch(delivery).then(settle);
    });
  }

  /**
   * Takes nothing more, waits for the handlers that run, for `timeoutMs` at the longest, fires the
   * signals of those that still do, and leaves their notifications unsettled.
   */
  async stop(timeoutMs: number): Promise<void> {
    this.subscription?.unsubscribe();
    this.subscription = undefined;
    await settledWithin(timeoutMs, this.running.values());
    this.stopping.abort();
    this.stopping = new AbortController();
    this.tools.runner.abandon();
  }

  /** Fires the signals of the handlers of one instance, and leaves their notifications unsettled. */
  abandon(instance: Instance): void {
    this.tools.runner.abandon(instance);
  }

  /**
   * The notification is probably gone, and one that looks the same another one: whatever it came to,
   * all handlers that matched are due. Attempts count on if it may as well be the same one again,
   * which must not be tried for ever.
   */
  async restart(key: string, next: 'another' | 'another-or-again'): Promise<void> {
    const progress = await this.progress.find(key);
    if (!progress) return;
    this.tools.runner.forget(progress.handlers.keys(), key);
    progress.restart(next === 'another-or-again');
    await this.progress.save(key, progress);
  }

  /** A notification that arrives again while it is being handled joins the attempt under way. */
  private dispatch(delivery: Delivery): Promise<Outcome> {
    const key = delivery.redriveOf?.letterId ?? delivery.key;
    const running = this.running.get(key);
    if (running) return running.then((outcome) => ({ ...outcome, runs: [], joined: true }));
    const attempt = this.attempt(delivery, key)
      .catch((error: unknown) => this.breakOff(delivery, error))
      .finally(() => this.running.delete(key));
    this.running.set(key, attempt);
    return attempt;
  }

  private async attempt(delivery: Delivery, key: string): Promise<Outcome> {
    const isRedrive = delivery.redriveOf !== undefined;
    // Asked for before the stores are: a stop may come while they answer.
    const abandoned = this.tools.runner.abandonedOf(delivery.instance);
    if (!isRedrive && (await this.deduplicator.isDone(key))) {
      return { result: 'acknowledged', reason: 'duplicate', runs: [] };
    }
    const known = await this.progress.find(key);
    const progress = known ?? new DeliveryProgress();
    if (abandoned.aborted) return { result: 'retry', retryAfterMs: 0, runs: [] };
    const attempt = new DeliveryAttempt(delivery, progress, this.tools, abandoned);
    const outcome = await attempt.run(this.source.handlers);
    if (!outcome) return this.unhandledOutcome(delivery);
    if (outcome.result === 'retry') {
      await this.progress.save(key, progress);
      return outcome;
    }
    if (!isRedrive) await this.deduplicator.markDone(delivery);
    if (known) await this.progress.forget(key);
    return outcome;
  }

  /** Whatever else may throw, a delivery is settled; one that is not would hold back its queue for ever. */
  private breakOff(delivery: Delivery, error: unknown): Outcome {
    const retryAfterMs = this.tools.retry.backoff.maxMs;
    this.tools.log.broke(delivery, error, retryAfterMs);
    return { result: 'retry', retryAfterMs, runs: [] };
  }

  /** Where there is neither a handler nor a subscriber, acknowledging would lose everything. */
  private unhandledOutcome(delivery: Delivery): Outcome {
    this.tools.log.unhandled(delivery);
    const isUsed = this.source.handlers.length > 0 || this.stream.isWatched;
    const { unhandled = isUsed ? 'acknowledge' : 'retry' } = this;
    return unhandled === 'acknowledge' && !delivery.redriveOf
      ? { result: 'acknowledged', reason: 'unhandled', runs: [] }
      : { result: 'retry', retryAfterMs: this.tools.retry.backoff.maxMs, runs: [] };
  }
}
