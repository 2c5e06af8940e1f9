import { orAborted } from '../../common/waits.js';
import type { Delivery } from '../../delivery/delivery.js';
import type { InboxJob } from '../../delivery/inbox/inbox-job.js';
import { TransactionJob } from '../../delivery/inbox/transaction.job.js';
import type { RawDelivery } from '../../delivery/notification.intake.js';
import { NotificationReader } from '../../delivery/notification.reader.js';

/**
 * Runs work in a transaction of the test's own, which may be a fake: commits if `work` resolves. Rolls
 * back if it rejects, and rejects then, too. `(work) => knex.transaction(work)`, or
 * `(work) => work(fake)`.
 */
export type TestTransaction = (
  work: (transaction: unknown) => Promise<void>,
) => PromiseLike<unknown>;

/** Gives `ctx.transaction` a transaction of the test. */
export class TestJob extends TransactionJob {
  constructor(private readonly transactionOfTest: TestTransaction) {
    super();
  }

  protected async run(
    work: (transaction: unknown) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.transactionOfTest((transaction) => orAborted(work(transaction), signal));
  }
}

/** Reads what a test delivers together with its job. */
export class TestReader extends NotificationReader {
  private readonly jobs = new WeakMap<RawDelivery, InboxJob>();

  give(raw: RawDelivery, job: InboxJob): void {
    this.jobs.set(raw, job);
  }

  override read(raw: RawDelivery): Delivery | undefined {
    const delivery = super.read(raw);
    const job = this.jobs.get(raw);
    return delivery && job ? { ...delivery, job } : delivery;
  }
}
