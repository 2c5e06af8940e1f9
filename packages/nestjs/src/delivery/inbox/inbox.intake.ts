import type { Instance } from '../../instance/instance.js';
import type { DeliveryCounter } from '../delivery.counter.js';
import type { Delivery } from '../delivery.js';
import type { DeliveryLog } from '../delivery.log.js';
import type { IntakeInterceptor } from '../interceptors.js';
import { NotificationIntake, type RawDelivery } from '../notification.intake.js';
import type { NotificationReader } from '../notification.reader.js';
import { type Outcome, INTAKE_RETRY_MS } from '../outcome.js';
import type { Inbox } from './inbox.js';

/** The intake that stores each notification in the inbox. Its handlers run later. */
export class InboxIntake extends NotificationIntake {
  constructor(
    private readonly inbox: Inbox,
    private readonly reader: NotificationReader,
    private readonly interceptor: IntakeInterceptor,
    private readonly counter: DeliveryCounter,
    private readonly log: DeliveryLog,
  ) {
    super();
  }

  async accept(raw: RawDelivery): Promise<Outcome> {
    try {
      return await this.interceptor.intercept(raw, () => this.take(raw));
    } catch (error) {
      this.log.intakeFailed(raw, error);
      return { result: 'retry', retryAfterMs: INTAKE_RETRY_MS, runs: [] };
    }
  }

  /** The store decides by itself what is a duplicate, so nothing has to be forgotten. */
  async deleted(): Promise<void> {}

  async emptied(instance: Instance): Promise<void> {
    this.counter.emptied(instance);
  }

  private async take(raw: RawDelivery): Promise<Outcome> {
    const delivery = this.reader.read(raw);
    return delivery ? this.store(delivery) : this.reader.settleUnreadable(raw);
  }

  private async store(delivery: Delivery): Promise<Outcome> {
    const stored = await this.inbox.store(delivery);
    const outcome = outcomeOf(stored);
    this.counter.taken(delivery, outcome);
    return outcome;
  }
}

function outcomeOf(stored: Awaited<ReturnType<Inbox['store']>>): Outcome {
  return typeof stored === 'string'
    ? { result: 'acknowledged', reason: stored, runs: [] }
    : { result: 'retry', retryAfterMs: stored.retryAfterMs, isUnavailable: true, runs: [] };
}
