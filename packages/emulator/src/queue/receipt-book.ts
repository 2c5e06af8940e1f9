import type { PublishedEntry } from '../ledger/published.entry.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';

/** Issues the `receiptId`s 1, 2, 3… of one instance, and finds the entry of each. */
export class ReceiptBook {
  private lastReceiptId = 0;

  constructor(
    private readonly options: Pick<UndocumentedOptions, 'redeliveryReceiptId' | 'replacedReceipt'>,
  ) {}

  issue(entry: PublishedEntry): number {
    const current = receiptIdsOf(entry).at(-1);
    if (current !== undefined && this.options.redeliveryReceiptId === 'same') return current;
    this.lastReceiptId += 1;
    return this.lastReceiptId;
  }

  matches(entry: PublishedEntry, receiptId: number): boolean {
    const issued = receiptIdsOf(entry);
    return this.options.replacedReceipt === 'accept'
      ? issued.includes(receiptId)
      : issued.at(-1) === receiptId;
  }
}

function receiptIdsOf(entry: PublishedEntry): number[] {
  return entry.handOuts.flatMap(({ receiptId }) => (receiptId === undefined ? [] : [receiptId]));
}
