import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, ClockTimer } from './clock.js';

interface ManualTimer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that moves only when a test calls `advance`. */
export class ManualClock implements Clock {
  private readonly timers = new Set<ManualTimer>();

  /** @param nowMs the start time, in milliseconds since the epoch. Default: 2026-01-01T00:00:00Z */
  constructor(private nowMs: number = Date.UTC(2026, 0, 1)) {}

  /** The number of timers that have not fired. */
  get pendingTimers(): number {
    return this.timers.size;
  }

  now(): number {
    return this.nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): ClockTimer {
    const timer: ManualTimer = { dueMs: this.nowMs + Math.max(0, delayMs), callback };
    this.timers.add(timer);
    return { cancel: () => void this.timers.delete(timer) };
  }

  /**
   * Moves time forward and fires the timers that are due, in order. The event loop gets a turn
   * between two timers, so that the work of one timer can set the next one.
   */
  async advance(byMs: number): Promise<void> {
    const endMs = this.nowMs + byMs;
    await nextTurn();
    for (let timer = this.nextDue(endMs); timer; timer = this.nextDue(endMs)) {
      this.timers.delete(timer);
      this.nowMs = Math.max(this.nowMs, timer.dueMs);
      timer.callback();
      await nextTurn();
    }
    this.nowMs = endMs;
    await nextTurn();
  }

  private nextDue(endMs: number): ManualTimer | undefined {
    let next: ManualTimer | undefined;
    for (const timer of this.timers) {
      if (timer.dueMs <= endMs && (!next || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }
}
