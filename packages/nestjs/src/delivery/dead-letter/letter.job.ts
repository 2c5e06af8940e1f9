import { TransactionJob } from '../inbox/transaction.job.js';
import { RedriveError } from './dead-letter.errors.js';
import type { DeadLetterStore } from './dead-letter.store.js';

/** Gives the handler of a redrive a transaction that also discards the letter. */
export class LetterJob extends TransactionJob {
  /** Whether somebody else has redriven or discarded the letter meanwhile. */
  isGone = false;
  /** Whether a transaction has discarded the letter, so that it is handled. */
  isCommitted = false;

  constructor(
    private readonly letterId: string,
    private readonly store: Required<Pick<DeadLetterStore, 'transaction'>>,
  ) {
    super();
  }

  protected async run(
    work: (transaction: unknown) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.isCommitted) {
      throw new RedriveError(
        this.letterId,
        'its transaction is already committed, and a redrive has only one; put both into one',
      );
    }
    this.isCommitted = await this.store.transaction(this.letterId, work, signal);
    if (this.isCommitted) return;
    this.isGone = true;
    const error = RedriveError.gone(this.letterId);
    // Ends the redrive. Otherwise the handler would give up, and the letter would be written again.
    this.cutOff.abort(error);
    throw error;
  }
}
