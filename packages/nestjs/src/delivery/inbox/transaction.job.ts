import { Cancellation } from '../../common/cancellation.js';
import type { InboxJob } from './inbox-job.js';

/** Gives the handler of a delivery that the inbox does not hand out a transaction all the same. */
export abstract class TransactionJob implements InboxJob {
  readonly cutOff = new Cancellation();
  readonly lostAttempts = 0;
  private readonly committed = new Set<string>();

  async transaction<T>(
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    let result!: T;
    await this.run(async (transaction) => {
      result = await work(transaction);
    }, signal);
    this.committed.add(handler);
    return result;
  }

  /** Nothing is stored for it until it ends. */
  async succeeded(): Promise<void> {}

  async remember(): Promise<void> {}

  hasCommitted(handler: string): boolean {
    return this.committed.has(handler);
  }

  /** Commits if `work` resolves. Rolls back and rejects if it rejects, or if `signal` fires first. */
  protected abstract run(
    work: (transaction: unknown) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}
