import { LONGEST_TIMER_MS } from './waits.js';

/** Something that has to end in time. */
export interface Expiring {
  /** Must not throw. */
  expire(): void;
}

/** The time when something has to end. */
export interface Deadline {
  readonly of: Expiring;
  /** Monotonic time in milliseconds. */
  readonly atMs: number;
  /** Its place in the list; -1 once it is over. */
  slot: number;
}

/** A timer that is later than this is lost, as when a test ends its fake timers. */
const LOST_AFTER_MS = 1000;

/**
 * Many deadlines with one timer. Nearly all of them are met: a call is answered and a handler ends
 * long before. So adding and removing one must cost little, and the timer is set anew only if a
 * deadline is earlier than all others.
 */
export class Deadlines {
  /** In no order. A removed one is replaced by the last. */
  private readonly pending: Deadline[] = [];
  private timer: NodeJS.Timeout | undefined;
  private wakesAtMs = Infinity;

  /** Calls `expire` after `afterMs` milliseconds, unless the deadline is removed first. */
  add(afterMs: number, of: Expiring): Deadline {
    const now = performance.now();
    const atMs = now + afterMs;
    const deadline = { of, atMs, slot: this.pending.length };
    this.pending.push(deadline);
    const isLost = this.wakesAtMs < now - LOST_AFTER_MS;
    if (isLost || atMs < this.wakesAtMs) this.wakeAt(Math.min(atMs, this.wakesAtMs));
    else if (this.pending.length === 1) this.timer?.ref();
    return deadline;
  }

  /** Does nothing if it has expired or was removed. */
  remove(deadline: Deadline): void {
    const { slot } = deadline;
    if (slot < 0) return;
    deadline.slot = -1;
    const last = this.pending.pop()!;
    if (last !== deadline) {
      this.pending[slot] = last;
      last.slot = slot;
    }
    // The timer must not keep the process alive for nothing.
    if (this.pending.length === 0) this.timer?.unref();
  }

  private wakeAt(atMs: number): void {
    const now = performance.now();
    this.wakesAtMs = Math.min(atMs, now + LONGEST_TIMER_MS);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), Math.max(0, Math.ceil(this.wakesAtMs - now)));
  }

  private wake(): void {
    const dueMs = Math.max(this.wakesAtMs, performance.now());
    this.timer = undefined;
    this.wakesAtMs = Infinity;
    const expired = this.pending.filter(({ atMs }) => atMs <= dueMs);
    for (const deadline of expired) this.remove(deadline);
    const next = this.pending.reduce((earliest, { atMs }) => Math.min(earliest, atMs), Infinity);
    if (next < Infinity) this.wakeAt(next);
    for (const { of } of expired) of.expire();
  }
}
