import { Logger } from '@nestjs/common';

import { messageOf } from '../inbox.errors.js';
import type { Backlog, JobStore } from '../jobs/job.store.js';

const SHORTEST_PAUSE_MS = 1000;
/** A database that was away for minutes has answered late. */
const LONGEST_PAUSE_MS = 10_000;
/** Counting may take this share of the time. */
const MOST_BUSY = 0.05;
/** Receiving goes on when so much of the limit is used. */
const LOW = 0.9;

/** Counts what waits, and says when it is too much to receive more. */
export class WaitingLimit {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private counted: Backlog = { waiting: 0, oldestAt: undefined };
  private storedSince = 0;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = true;
  isFull = false;

  constructor(
    private readonly store: JobStore,
    private readonly limit: number,
    private readonly whenCounted: () => void,
  ) {}

  get backlog(): Backlog {
    return this.counted;
  }

  async start(): Promise<void> {
    this.isStopped = false;
    await this.count();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** What was stored since the last count waits, too. */
  stored(count: number): void {
    this.storedSince += count;
    this.decide();
  }

  private async count(): Promise<void> {
    const startedAtMs = performance.now();
    try {
      const { storedSince } = this;
      this.counted = await this.store.backlog();
      this.storedSince -= storedSince;
      this.decide();
      this.whenCounted();
    } catch (error) {
      this.logger.debug(`The inbox was not counted: ${messageOf(error)}`);
    }
    if (this.isStopped) return;
    const tookMs = performance.now() - startedAtMs;
    this.timer = setTimeout(
      () => void this.count(),
      Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, tookMs / MOST_BUSY)),
    ).unref();
  }

  private decide(): void {
    const waiting = this.counted.waiting + this.storedSince;
    const wasFull = this.isFull;
    this.isFull = waiting >= this.limit * (wasFull ? LOW : 1);
    if (this.isFull === wasFull) return;
    if (this.isFull) {
      this.logger.warn(
        `${waiting} notifications wait in the inbox, so nothing more is received; GREEN-API keeps the ` +
          'rest for 24 hours. Start more workers, raise concurrency, or raise waitingLimit',
      );
    } else this.logger.log(`Receiving goes on: ${waiting} notifications wait in the inbox`);
  }
}
