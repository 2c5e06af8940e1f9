import { setTimeout as delay } from 'node:timers/promises';

import { InstanceQueue, type LedgerEntry } from './instance.queue.js';
import type { Traffic } from './notification.writer.js';

export interface GroupOptions {
  readonly instances: number;
  readonly roundTripMs: number;
  readonly traffic?: Traffic;
  /** Remembers what happened to each notification. */
  readonly keepsLedger?: boolean;
}

/** What the instances of a group did since the last `mark`. */
export interface GroupCount {
  readonly deleted: number;
  /** Deleted notifications a second, between the first deletion and the last. */
  readonly perSecond: number;
  /** Times that receiveNotification waited in vain. */
  readonly empty: number;
  /** Notifications that were handed out more than once. */
  readonly repeated: number;
  /** Requests that GREEN-API would have refused with 429. */
  readonly overLimit: number;
}

/** The instances of one contestant. */
export class GatewayGroup {
  readonly queues: readonly InstanceQueue[];
  readonly roundTripMs: number;
  private deleted = 0;
  private empty = 0;
  private firstDeletedAtMs = 0;
  private lastDeletedAtMs = 0;
  private markedRepeated = 0;
  private markedOverLimit = 0;

  constructor(firstId: number, options: GroupOptions) {
    const { instances, roundTripMs, traffic = 'mix', keepsLedger = false } = options;
    this.roundTripMs = roundTripMs;
    this.queues = Array.from(
      { length: instances },
      (_, index) => new InstanceQueue(firstId + index, traffic, keepsLedger),
    );
  }

  /** How many instances have a receiveNotification that waits. */
  get polled(): number {
    return this.queues.filter(({ isPolled }) => isPolled).length;
  }

  get ledger(): readonly LedgerEntry[] {
    return this.queues.flatMap(({ ledger }) => ledger);
  }

  feed(isFed: boolean): void {
    for (const queue of this.queues) queue.feed(isFed);
  }

  /** Adds notifications to every instance. */
  add(count: number): void {
    for (const queue of this.queues) for (let index = 0; index < count; index += 1) queue.add();
  }

  /** Adds notifications one by one, at times that no contestant can foresee. */
  async trickle(count: number, meanPauseMs: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await delay(meanPauseMs * (0.5 + Math.random()));
      this.add(1);
    }
  }

  noteDeleted(nowMs: number): void {
    if (this.deleted === 0) this.firstDeletedAtMs = nowMs;
    this.lastDeletedAtMs = nowMs;
    this.deleted += 1;
  }

  noteEmpty(): void {
    this.empty += 1;
  }

  mark(): void {
    this.deleted = 0;
    this.empty = 0;
    this.markedRepeated = this.sum(({ repeated }) => repeated);
    this.markedOverLimit = this.overLimit();
  }

  count(): GroupCount {
    const { deleted } = this;
    const seconds = (this.lastDeletedAtMs - this.firstDeletedAtMs) / 1000;
    return {
      deleted,
      empty: this.empty,
      perSecond: deleted > 1 && seconds > 0 ? (deleted - 1) / seconds : 0,
      repeated: this.sum(({ repeated }) => repeated) - this.markedRepeated,
      overLimit: this.overLimit() - this.markedOverLimit,
    };
  }

  private overLimit(): number {
    return this.sum(({ receives, deletes }) => receives.overLimit + deletes.overLimit);
  }

  private sum(of: (queue: InstanceQueue) => number): number {
    return this.queues.reduce((total, queue) => total + of(queue), 0);
  }
}
