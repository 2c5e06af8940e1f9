import { type Clock, sleep } from '../clock/clock.js';
import type { PublishedEntry } from '../ledger/published.entry.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import { LinkedAbort } from '../support/linked-abort.js';
import type { NotificationQueue } from './notification.queue.js';
import { ReceiptBook } from './receipt-book.js';

export interface Received {
  readonly entry: PublishedEntry;
  readonly receiptId: number;
}

/**
 * The polling side of a queue. It returns the head of the queue until the head is deleted. A new
 * notification ends all waiting polls; without a visibility timeout, all of them get it.
 */
export class PullChannel {
  /** The number of polls that wait for a notification. */
  parkedPolls = 0;
  /**
   * The notification that was deleted last, with its `receiptId`; the fault `staleHead` returns it.
   */
  lastDeleted: Received | undefined;
  private readonly receipts: ReceiptBook;
  private visibleFromMs = 0;

  constructor(
    private readonly queue: NotificationQueue,
    private readonly clock: Clock,
    private readonly options: ResolvedOptions,
    private readonly isOpen: () => boolean,
  ) {
    this.receipts = new ReceiptBook(options);
  }

  /** Waits up to `waitMs` for a notification; undefined if none came or the signal was aborted. */
  async receive(waitMs: number, signal: AbortSignal): Promise<Received | undefined> {
    const deadlineMs = this.clock.now() + waitMs;
    while (!signal.aborted && this.isOpen()) {
      if (this.hasVisibleHead) return this.handOut();
      const leftMs = deadlineMs - this.clock.now();
      if (leftMs <= 0) break;
      await this.park(leftMs, signal);
    }
    return undefined;
  }

  /** Deletes the notification with this `receiptId`; false if it is not in the queue. */
  delete(receiptId: number): boolean {
    const entry = this.receipts.find(receiptId);
    if (!entry) return false;
    this.visibleFromMs = 0;
    this.lastDeleted = { entry, receiptId };
    this.queue.remove(entry, 'deleted');
    return true;
  }

  private get hasVisibleHead(): boolean {
    return this.queue.head !== undefined && this.clock.now() >= this.visibleFromMs;
  }

  private handOut(): Received | undefined {
    const entry = this.queue.head;
    if (!entry) return undefined;
    const receiptId = this.receipts.issue(entry);
    this.visibleFromMs = this.clock.now() + this.options.visibilityTimeoutMs;
    entry.recordHandOut({ transport: 'polling', atMs: this.clock.now(), receiptId });
    this.queue.changed.notify();
    return { entry, receiptId };
  }

  private async park(leftMs: number, signal: AbortSignal): Promise<void> {
    const awake = new LinkedAbort(signal);
    const hiddenMs = this.queue.head ? this.visibleFromMs - this.clock.now() : leftMs;
    this.parkedPolls += 1;
    this.queue.changed.notify();
    await Promise.race([
      sleep(this.clock, Math.min(leftMs, hiddenMs), awake.signal),
      this.queue.changed.until(() => this.hasVisibleHead || !this.isOpen(), awake.signal),
    ]);
    awake.release();
    this.parkedPolls -= 1;
    this.queue.changed.notify();
  }
}
