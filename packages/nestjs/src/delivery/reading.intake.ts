import type { Delivery } from './delivery.js';
import type { DeliveryLog } from './delivery.log.js';
import type { IntakeInterceptor } from './interceptors.js';
import { NotificationIntake, type RawDelivery } from './notification.intake.js';
import type { NotificationReader } from './notification.reader.js';
import { type Outcome, INTAKE_RETRY_MS } from './outcome.js';

/** An intake that handles what `NotificationReader` could read, and settles the rest. */
export abstract class ReadingIntake extends NotificationIntake {
  constructor(
    protected readonly reader: NotificationReader,
    private readonly interceptor: IntakeInterceptor,
    protected readonly log: DeliveryLog,
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

  protected abstract handle(delivery: Delivery): Promise<Outcome>;

  private take(raw: RawDelivery): Promise<Outcome> {
    const delivery = this.reader.read(raw);
    return delivery ? this.handle(delivery) : this.reader.settleUnreadable(raw);
  }
}
