import type { PublishedEntry } from '../ledger/published.entry.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';

/** Numbers hand-outs 1, 2, 3… for one instance, and knows which number stands for which entry. */
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
