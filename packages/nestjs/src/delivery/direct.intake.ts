import type { Instance } from '../instance/instance.js';
import { idMessageOf } from '../notification/notification.accessors.js';
import { isNotificationBody } from '../notification/kind.guards.js';
import { deliveryKey } from '../notification/notification-key.js';
import type { DeadLetterWriter } from './dead-letter/dead-letter.writer.js';
import type { Deduplicator } from './deduplication/deduplicator.js';
import type { DeliveryCounter } from './delivery.counter.js';
import type { DeliveryDispatcher } from './delivery.dispatcher.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { IntakeInterceptor } from './interceptors.js';
import { NotificationIntake, type RawDelivery } from './notification.intake.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';

const RETRY_AFTER_MS = 60_000;

/**
 * Has what arrives handled at once, while the transport waits. It decides what is a notification
 * and computes its identity, once for all that need it.
 */
export class DirectIntake extends NotificationIntake {
  /** The last notification of each instance, if it is to come again. */
  private readonly kept = new WeakMap<Instance, Delivery>();
  /** The receipts of what is done with but not confirmed gone, of kinds without an id, by key. */
  private readonly unconfirmed = new Map<string, string>();

  constructor(
    private readonly stream: NotificationStream,
    private readonly deadLetters: DeadLetterWriter,
    private readonly deduplicator: Deduplicator,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly interceptor: IntakeInterceptor,
    private readonly counter: DeliveryCounter,
    private readonly log: DeliveryLog,
  ) {
    super();
  }

  async accept(raw: RawDelivery): Promise<Outcome> {
    try {
      return await this.interceptor.intercept(raw, async () => {
        const delivery = readDelivery(raw);
        return delivery ? this.handle(delivery) : this.settleUnreadable(raw);
      });
    } catch (error) {
      this.log.intakeFailed(raw, error);
      return { result: 'retry', retryAfterMs: RETRY_AFTER_MS, runs: [] };
    }
  }

  async deleted({ body, instance }: RawDelivery): Promise<void> {
    if (!instance || !isNotificationBody(body) || idMessageOf(body) !== undefined) return;
    const key = deliveryKey(body, instance.idInstance);
    this.unconfirmed.delete(key);
    await this.deduplicator.forget(key);
  }

  async emptied(instance: Instance): Promise<void> {
    this.counter.emptied(instance);
    await this.dropKept(instance);
  }

  private async handle(delivery: Delivery): Promise<Outcome> {
    const { instance, key, receiptId } = delivery;
    const kept = this.kept.get(instance);
    if (kept?.key !== key) await this.dropKept(instance);
    else if (kept.receiptId !== receiptId) await this.restart(kept, 'another-or-again');
    // A stop may have cut off the DELETE of the one before, and this is another.
    const doneReceipt = this.unconfirmed.get(key);
    if (doneReceipt !== undefined && doneReceipt !== receiptId) await this.deduplicator.forget(key);
    const outcome = await this.stream.deliver(delivery);
    if (outcome.result === 'retry') this.kept.set(instance, delivery);
    else this.kept.delete(instance);
    if (outcome.result !== 'retry' && receiptId !== undefined && !hasId(delivery)) {
      this.unconfirmed.set(key, receiptId);
    }
    return outcome;
  }

  /**
   * GREEN-API delivers one after the other, so what was kept is gone when something else comes, or
   * nothing. That may be an answer gone wrong, or a late copy; so nothing is forgotten that would let
   * a handler be passed over. Only of a kind without an id of its own the next that looks the same
   * begins anew, since it is probably another one.
   */
  private async dropKept(instance: Instance): Promise<void> {
    const kept = this.kept.get(instance);
    this.kept.delete(instance);
    if (kept) await this.restart(kept, 'another');
  }

  private async restart(kept: Delivery, next: 'another' | 'another-or-again'): Promise<void> {
    if (hasId(kept)) return;
    try {
      await this.dispatcher.restart(kept.key, next);
    } catch (error) {
      this.log.intakeFailed(kept, error);
    }
  }

  /**
   * What cannot be read becomes a dead letter, so that it does not stop the queue, or is at least
   * logged. If it cannot be stored now, it stays with GREEN-API.
   */
  private async settleUnreadable(raw: RawDelivery): Promise<Outcome> {
    const { store } = this.deadLetters;
    this.log.unreadable(raw, store !== undefined);
    const outcome: Outcome = !store
      ? { result: 'acknowledged', reason: 'unreadable', runs: [] }
      : (await this.deadLetters.writeUnreadable(raw))
        ? { result: 'dead-lettered', runs: [] }
        : { result: 'retry', retryAfterMs: RETRY_AFTER_MS, runs: [] };
    this.counter.unreadable(raw, outcome);
    return outcome;
  }
}

function hasId({ notification }: Delivery): boolean {
  return idMessageOf(notification) !== undefined;
}

/** Undefined if it is no notification, or nobody knows whose. */
function readDelivery({ body, instance, ...raw }: RawDelivery): Delivery | undefined {
  if (!instance || !isNotificationBody(body)) return undefined;
  const key = deliveryKey(body, instance.idInstance);
  return { ...raw, key, notification: body, instance };
}
