import { idMessageOf } from '../notification/id-message-of.js';
import { isNotificationBody } from '../notification/is-notification-body.js';
import { notificationKey } from '../notification/notification-key.js';
import type { DeadLetterOffice } from './dead-letter/dead-letter.office.js';
import type { Deduplicator } from './deduplication/deduplicator.js';
import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';

/** What a transport received, before anybody looked at it. */
export interface Arrived extends Omit<Delivery, 'notification' | 'redriveOf'> {
  readonly body: unknown;
}

const RETRY_AFTER_MS = 60_000;

/** Where the transports hand in what they received. */
export class NotificationIntake {
  constructor(
    private readonly stream: NotificationStream,
    private readonly deadLetters: DeadLetterOffice,
    private readonly deduplicator: Deduplicator,
    private readonly log: DeliveryLog,
  ) {}

  /**
   * Makes one attempt at what arrived; never rejects. What is no notification is put away or at
   * least logged, and acknowledged: it must not stop the queue.
   */
  async accept({ body, ...arrived }: Arrived): Promise<Outcome> {
    if (isNotificationBody(body)) return this.stream.deliver({ ...arrived, notification: body });
    this.log.notANotification(arrived, body);
    if (!this.deadLetters.store) return { result: 'acknowledged', runs: [] };
    return (await this.deadLetters.parkUnreadable(arrived, body))
      ? { result: 'dead-lettered', runs: [] }
      : { result: 'retry', retryAfterMs: RETRY_AFTER_MS, runs: [] };
  }

  /**
   * GREEN-API has confirmed that this one is deleted. What looks the same from now on is another one
   * if it bears no id of its own: two changes of state within one second have the same body.
   */
  async deleted(body: unknown): Promise<void> {
    if (!isNotificationBody(body) || idMessageOf(body) !== undefined) return;
    await this.deduplicator.forget(notificationKey(body));
  }
}
