import type { Instance } from '../../instance/instance.js';
import type { DeliveryCounter } from '../delivery.counter.js';
import type { Delivery } from '../delivery.js';
import type { DeliveryLog } from '../delivery.log.js';
import type { IntakeInterceptor } from '../interceptors.js';
import type { NotificationReader } from '../notification.reader.js';
import type { Outcome } from '../outcome.js';
import { ReadingIntake } from '../reading.intake.js';
import type { Inbox } from './inbox.js';

/** The intake that stores each notification in the inbox. Its handlers run later. */
export class InboxIntake extends ReadingIntake {
  constructor(
    private readonly inbox: Inbox,
    reader: NotificationReader,
    interceptor: IntakeInterceptor,
    private readonly counter: DeliveryCounter,
    log: DeliveryLog,
  ) {
    super(reader, interceptor, log);
  }

  /** The store decides by itself what is a duplicate, so nothing has to be forgotten. */
  async deleted(): Promise<void> {}

  async emptied(instance: Instance): Promise<void> {
    this.counter.emptied(instance);
  }

  protected async handle(delivery: Delivery): Promise<Outcome> {
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
