import type { Instance } from '../instance/instance.js';
import { isNotificationBody } from '../notification/kind.guards.js';
import { idInstanceOf, idMessageOf } from '../notification/notification.accessors.js';
import type { Notification } from '../notification/notification.js';
import { deliveryKey } from '../notification/notification-key.js';
import type { DeadLetterWriter } from './dead-letter/dead-letter.writer.js';
import type { DeliveryCounter } from './delivery.counter.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { RawDelivery } from './notification.intake.js';
import { type Outcome, INTAKE_RETRY_MS } from './outcome.js';

/**
 * Decides what arrived. A body that is a notification of a known instance becomes a `Delivery`, with
 * the key that identifies the notification. Any other body is unreadable, and becomes a dead letter.
 */
export class NotificationReader {
  private readonly keys = new WeakMap<Notification, string>();
  /** Instances whose queues contain notifications of others. */
  private readonly mixed = new WeakSet<Instance>();

  constructor(
    private readonly deadLetters: DeadLetterWriter,
    private readonly counter: DeliveryCounter,
    private readonly log: DeliveryLog,
  ) {}

  /** Undefined if it is not a notification, or it is unknown to which instance it belongs. */
  read(raw: RawDelivery): Delivery | undefined {
    const { body, instance, transport, receiptId, receivedAt, redeliveryMs } = raw;
    if (!instance || !isNotificationBody(body)) return undefined;
    const delivery = {
      key: this.keyOf(body, instance),
      notification: body,
      instance,
      transport,
      ...(receiptId !== undefined && { receiptId }),
      receivedAt,
      redeliveryMs,
    };
    this.checkInstance(delivery);
    return delivery;
  }

  /** Bodies without an id are hashed, which should happen once for each delivery. */
  keyOf(body: Notification, instance: Instance): string {
    if (idMessageOf(body) !== undefined) return deliveryKey(body, instance.idInstance);
    const known = this.keys.get(body);
    if (known !== undefined) return known;
    const key = deliveryKey(body, instance.idInstance);
    this.keys.set(body, key);
    return key;
  }

  /**
   * Stores an unreadable body as a dead letter, so that it does not block the queue. Without a
   * store, it is only logged. If the store fails, it stays with GREEN-API.
   */
  async settleUnreadable(raw: RawDelivery): Promise<Outcome> {
    const { store } = this.deadLetters;
    this.log.unreadable(raw, store !== undefined);
    const outcome: Outcome = !store
      ? { result: 'acknowledged', reason: 'unreadable', runs: [] }
      : (await this.deadLetters.writeUnreadable(raw))
        ? { result: 'dead-lettered', runs: [] }
        : { result: 'retry', retryAfterMs: INTAKE_RETRY_MS, runs: [] };
    this.counter.unreadable(raw, outcome);
    return outcome;
  }

  /** Logs once for each instance that its queue contains notifications of another one. */
  private checkInstance(delivery: Delivery): void {
    const { instance, notification } = delivery;
    const named = idInstanceOf(notification);
    if (named === undefined || named === instance.idInstance || this.mixed.has(instance)) return;
    this.mixed.add(instance);
    this.log.namesAnotherInstance(delivery);
  }
}
