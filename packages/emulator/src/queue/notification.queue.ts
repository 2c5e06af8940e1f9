import type { Clock, ClockTimer } from '../clock/clock.js';
import type { Departure, PublishedEntry } from '../ledger/published.entry.js';
import type { ChangeSignal } from '../support/change-signal.js';

/**
 * The notifications of one instance, strictly first in, first out. Each is dropped when it is too
 * old.
 */
export class NotificationQueue {
  private readonly entries: PublishedEntry[] = [];
  private expiryTimer: ClockTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly retentionMs: number,
    readonly changed: ChangeSignal,
  ) {}

  get length(): number {
    return this.entries.length;
  }

  get head(): PublishedEntry | undefined {
    return this.entries[0];
  }

  enqueue(entry: PublishedEntry): void {
    this.entries.push(entry);
    this.afterChange();
  }

  enqueueBehindHead(entry: PublishedEntry): void {
    this.entries.splice(1, 0, entry);
    this.afterChange();
  }

  remove(entry: PublishedEntry, as: Departure): void {
    const index = this.entries.indexOf(entry);
    if (index < 0) return;
    this.entries.splice(index, 1);
    entry.recordDeparture(as, this.clock.now());
    this.afterChange();
  }

  clear(): void {
    const now = this.clock.now();
    for (const entry of this.entries.splice(0)) entry.recordDeparture('cleared', now);
    this.afterChange();
  }

  close(): void {
    this.expiryTimer?.cancel();
  }

  private afterChange(): void {
    this.watchExpiry();
    this.changed.notify();
  }

  private watchExpiry(): void {
    this.expiryTimer?.cancel();
    this.expiryTimer = undefined;
    const head = this.head;
    if (!head) return;
    const leftMs = head.issuedAtMs + this.retentionMs - this.clock.now();
    this.expiryTimer = this.clock.setTimeout(() => this.remove(head, 'expired'), leftMs);
  }
}
