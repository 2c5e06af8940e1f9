import type { PublishedEntry } from '../ledger/published.entry.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';

/**
 * Issues the `receiptId`s 1, 2, 3… of one instance, and finds the entry of each. Neither takes
 * longer when there are many notifications or many hand-outs.
 */
export class ReceiptBook {
  private lastReceiptId = 0;
  private readonly entries = new Map<number, PublishedEntry>();
  private readonly newest = new WeakMap<PublishedEntry, number>();

  constructor(
    private readonly options: Pick<UndocumentedOptions, 'redeliveryReceiptId' | 'replacedReceipt'>,
  ) {}

  issue(entry: PublishedEntry): number {
    const newest = this.newest.get(entry);
    if (newest !== undefined && this.options.redeliveryReceiptId === 'same') return newest;
    this.lastReceiptId += 1;
    this.entries.set(this.lastReceiptId, entry);
    this.newest.set(entry, this.lastReceiptId);
    return this.lastReceiptId;
  }

  /** The queued notification that this `receiptId` deletes. */
  find(receiptId: number): PublishedEntry | undefined {
    const entry = this.entries.get(receiptId);
    if (entry?.state !== 'queued') return undefined;
    const isReplaced = this.newest.get(entry) !== receiptId;
    return isReplaced && this.options.replacedReceipt === 'unknown' ? undefined : entry;
  }
}
