import { Logger } from '@nestjs/common';

import { messageOf } from '../inbox.errors.js';
import type { InboxSettings } from '../inbox.options.js';
import type { Backlog, JobStore } from '../jobs/job.store.js';

const SHORTEST_PAUSE_MS = 1000;
/** A database that was away for minutes has answered late. */
const LONGEST_PAUSE_MS = 10_000;
/** Counting may take this share of the time. */
const MOST_BUSY = 0.05;
/** Receiving goes on when so much of the limit is used. */
const LOW = 0.9;

/**
 * Counts what waits, and says when it is too much to receive more, or waits too long. What belongs
 * to instances that this process does not know is counted apart: nobody may ever handle it, and the
 * others must not stand still for it.
 */
export class BacklogWatch {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private storedSince = 0;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = true;
  /** Longest first, as last counted. */
  known: readonly Backlog[] = [];
  unknown: readonly Backlog[] = [];
  isFull = false;
  isLate = false;

  constructor(
    private readonly store: JobStore,
    private readonly limits: Pick<InboxSettings, 'waitingLimit' | 'lateAfterMs'>,
    private readonly isKnown: (idInstance: string) => boolean,
    private readonly whenCounted: () => void,
  ) {}

  get waiting(): number {
    return this.known.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  get oldestAt(): Date | undefined {
    return this.known[0]?.oldestAt;
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
    this.limit();
  }

  private async count(): Promise<void> {
    const startedAtMs = performance.now();
    try {
      const { storedSince } = this;
      const backlogs = await this.store.backlog();
      this.known = backlogs.filter(({ idInstance }) => this.isKnown(idInstance));
      this.unknown = backlogs.filter(({ idInstance }) => !this.isKnown(idInstance));
      this.storedSince -= storedSince;
      this.limit();
      this.judgeAge();
      this.whenCounted();
    } catch (error) {
      this.logger.debug(`The inbox was not counted: ${messageOf(error)}`);
    }
    if (this.isStopped) return;
    const tookMs = performance.now() - startedAtMs;
    // A count of before a stop may end after the next start.
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => void this.count(),
      Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, tookMs / MOST_BUSY)),
    ).unref();
  }

  private limit(): void {
    const waiting = this.waiting + this.storedSince;
    const wasFull = this.isFull;
    this.isFull = waiting >= this.limits.waitingLimit * (wasFull ? LOW : 1);
    if (this.isFull === wasFull) return;
    if (this.isFull) {
      this.logger.warn(
        `${waiting} notifications wait in the inbox, so nothing more is received; GREEN-API keeps the ` +
          'rest for 24 hours. Start more workers, raise concurrency, or raise waitingLimit',
      );
    } else this.logger.log(`Receiving goes on: ${waiting} notifications wait in the inbox`);
  }

  private judgeAge(): void {
    const wasLate = this.isLate;
    const ageMs = this.known[0]?.ageMs ?? 0;
    this.isLate = ageMs > this.limits.lateAfterMs;
    if (this.isLate === wasLate) return;
    if (this.isLate) {
      this.logger.warn(
        `A notification has waited in the inbox for ${Math.round(ageMs / 1000)} s. Look at ` +
          'inbox.blockedLanes(): if its chat is not blocked, start more workers, or raise concurrency',
      );
    } else this.logger.log('No notification in the inbox is late any more');
  }
}
