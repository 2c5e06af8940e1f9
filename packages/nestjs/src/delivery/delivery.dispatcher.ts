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
 * Takes each delivery from the stream, makes at most one attempt to handle it, and settles it with
 * an outcome.
 *
 * The dispatcher does not repeat anything. The outcome `retry` tells the transport to deliver the
 * notification again, and each transport does that in its own way. Between the deliveries, a
 * progress store remembers what the handlers have done so far. These words matter:
 *
 * - A delivery is one arrival of a notification. Its key identifies the notification.
 * - A delivery joins if its notification is being handled already: it waits for the same outcome.
 * - A notification is done when all its handlers have succeeded, or when it is stored as a dead
 *   letter. If it arrives again, it is a duplicate: it is acknowledged, and no handler runs.
 * - A redrive runs one handler for a dead letter. It is never a duplicate, and it has a key of its
 *   own, the id of the letter, so it does not join a delivery from GREEN-API.
 *
 * Every delivery gets an outcome, even after an error. Without one its queue would be blocked for
 * ever.
 */
export class DeliveryDispatcher {
  private readonly running = new Map<string, Promise<Outcome>>();
  private stopping = new AbortController();

  constructor(
    private readonly stream: NotificationStream,
    private readonly source: HandlerSource,
    private readonly deduplicator: Deduplicator,
    private readonly progress: ProgressStore,
    /** What to do if no handler matches. Undefined: see `unhandledOutcome`. */
    private readonly unhandled: 'acknowledge' | 'retry' | undefined,
    private readonly tools: AttemptTools,
  ) {}

  /** Fires when the dispatcher stops. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  start(): void {
    this.stream.dispatch = (delivery) => this.dispatch(delivery);
  }

  /**
   * Accepts no more deliveries and waits for running handlers, at most `timeoutMs`. Then it fires
   * the signals of the handlers that still run. Their notifications are not acknowledged.
   */
  async stop(timeoutMs: number): Promise<void> {
    this.stream.dispatch = undefined;
    await settledWithin(timeoutMs, this.running.values());
    this.stopping.abort();
    this.stopping = new AbortController();
    this.tools.runner.abandon();
    this.tools.log.flush();
  }

  /**
   * Fires the signals of an instance's running handlers. Their notifications are not acknowledged.
   */
  abandon(instance: Instance): void {
    this.tools.runner.abandon(instance);
  }

  /**
   * Lets the handlers of a notification start over: the next delivery with its key is probably
   * another notification with an equal body.
   *
   * @param next `another`: it is another one, so all handlers start over. `another-or-again`: it
   * may be the same one again. Then the attempts go on counting, or it would be retried for ever.
   */
  async restart(key: string, next: 'another' | 'another-or-again'): Promise<void> {
    const progress = await this.progress.find(key);
    if (!progress) return;
    this.tools.runner.forget(progress.handlers.keys(), key);
    progress.restart(next === 'another-or-again');
    await this.progress.save(key, progress);
  }

  /** If the notification is being handled already, the delivery joins that attempt. */
  private dispatch(delivery: Delivery): Promise<Outcome> {
    const key = delivery.redriveOf?.letterId ?? delivery.key;
    const running = this.running.get(key);
    if (running) return running.then((outcome) => ({ ...outcome, runs: [], joined: true }));
    const settled = this.settle(delivery, key);
    this.running.set(key, settled);
    return settled;
  }

  private async settle(delivery: Delivery, key: string): Promise<Outcome> {
    const isRedrive = delivery.redriveOf !== undefined;
    // Ask before the stores: a stop may come while they answer.
    const ofInstance = this.tools.runner.abandonedOf(delivery.instance);
    const { job } = delivery;
    if (job) ofInstance.add(job.cutOff);
    const abandoned = job?.cutOff ?? ofInstance;
    try {
      // Always waits here, or it could end before it is in the map of those that run.
      const isDone = await (isRedrive ? false : this.deduplicator.isDone(key));
      if (isDone) return { result: 'acknowledged', reason: 'duplicate', runs: [] };
      const known = await this.progress.find(key);
      const progress = known ?? new DeliveryProgress();
      if (abandoned.isAborted) {
        return { result: 'retry', retryAfterMs: 0, isCutOff: true, runs: [] };
      }
      const attempt = new DeliveryAttempt(delivery, progress, this.tools, abandoned);
      const outcome = await attempt.run(this.source.handlers);
      if (!outcome) return this.unhandledOutcome(delivery);
      if (outcome.result === 'retry') {
        // A redrive that is stuck ends with an error, and the next one starts over.
        if (isRedrive && outcome.isStuck) await this.progress.forget(key);
        else await this.progress.save(key, progress);
        return outcome;
      }
      if (!isRedrive) await this.deduplicator.markDone(delivery);
      if (known) await this.progress.forget(key);
      return outcome;
    } catch (error) {
      return this.breakOff(delivery, error);
    } finally {
      if (job) ofInstance.remove(job.cutOff);
      this.running.delete(key);
    }
  }

  /** Settles a delivery if something other than a handler fails, such as the progress store. */
  private breakOff(delivery: Delivery, error: unknown): Outcome {
    const retryAfterMs = this.tools.retry.backoff.maxMs;
    this.tools.log.broke(delivery, error, retryAfterMs);
    return { result: 'retry', retryAfterMs, runs: [] };
  }

  /**
   * The option `unhandled` decides. Without it, the notification is acknowledged if the application
   * has a handler or a subscriber. If it has neither, acknowledging would lose every notification.
   * A redrive is never acknowledged here, because its letter would then be discarded.
   */
  private unhandledOutcome(delivery: Delivery): Outcome {
    this.tools.log.unhandled(delivery);
    const isUsed = this.source.handlers.length > 0 || this.stream.isWatched;
    const { unhandled = isUsed ? 'acknowledge' : 'retry' } = this;
    return unhandled === 'acknowledge' && !delivery.redriveOf
      ? { result: 'acknowledged', reason: 'unhandled', runs: [] }
      : { result: 'retry', retryAfterMs: this.tools.retry.backoff.maxMs, runs: [] };
  }
}
