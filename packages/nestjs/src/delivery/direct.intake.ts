import type { Instance } from '../instance/instance.js';
import { idMessageOf } from '../notification/notification.accessors.js';
import { isNotificationBody } from '../notification/kind.guards.js';
import type { Deduplicator } from './deduplication/deduplicator.js';
import type { DeliveryCounter } from './delivery.counter.js';
import type { DeliveryDispatcher } from './delivery.dispatcher.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { IntakeInterceptor } from './interceptors.js';
import type { RawDelivery } from './notification.intake.js';
import type { NotificationReader } from './notification.reader.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';
import { ReadingIntake } from './reading.intake.js';

/**
 * The intake that handles each notification at once, while its transport waits for the outcome.
 *
 * It gives each delivery to the stream, and decides whether its notification is new. For most kinds
 * the key tells. But some kinds have no id: two changes of state within one second, for example, have
 * equal bodies and so the same key. For them the intake forgets what the handlers have done as soon
 * as the earlier notification is probably gone:
 *
 * 1. GREEN-API has confirmed its deletion.
 * 2. Something else has arrived, or the queue is empty.
 * 3. An equal body has arrived with another receipt.
 *
 * Without this, a new notification would be dropped as a duplicate.
 */
export class DirectIntake extends ReadingIntake {
  /** The last delivery of each instance, if it was not acknowledged and so arrives again. */
  private readonly kept = new WeakMap<Instance, Delivery>();
  /**
   * Receipts, by key, of notifications without an id that are handled or stored as dead letters,
   * but not yet confirmed as deleted.
   */
  private readonly unconfirmed = new Map<string, string>();

  constructor(
    private readonly stream: NotificationStream,
    reader: NotificationReader,
    private readonly deduplicator: Deduplicator,
    private readonly dispatcher: DeliveryDispatcher,
    interceptor: IntakeInterceptor,
    private readonly counter: DeliveryCounter,
    log: DeliveryLog,
  ) {
    super(reader, interceptor, log);
  }

  async deleted({ body, instance }: RawDelivery): Promise<void> {
    if (!instance || !isNotificationBody(body) || idMessageOf(body) !== undefined) return;
    const key = this.reader.keyOf(body, instance);
    this.unconfirmed.delete(key);
    await this.deduplicator.forget(key);
  }

  async emptied(instance: Instance): Promise<void> {
    this.counter.emptied(instance);
    await this.dropKept(instance);
  }

  protected async handle(delivery: Delivery): Promise<Outcome> {
    const { instance, key, receiptId } = delivery;
    const kept = this.kept.get(instance);
    if (kept && kept.key !== key) await this.dropKept(instance);
    else if (kept && kept.receiptId !== receiptId) await this.restart(kept, 'another-or-again');
    // A new receipt means a new notification. We may not have seen the deletion of the old one if a
    // stop cut off its DELETE.
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
   * GREEN-API delivers one notification at a time. So when another one arrives, or the queue is
   * empty, the kept one is probably gone. We cannot be sure, because a wrong answer or a late copy
   * looks the same. So we keep the list of handlers that matched: none of them may be skipped. For
   * kinds without an id the handlers start over, because the next equal body is probably another
   * notification.
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
}

function hasId({ notification }: Delivery): boolean {
  return idMessageOf(notification) !== undefined;
}
