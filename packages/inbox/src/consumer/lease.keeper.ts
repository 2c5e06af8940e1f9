import { Logger } from '@nestjs/common';

import { messageOf } from '../inbox.errors.js';
import type { JobStore } from '../jobs/job.store.js';
import { TAKEN_OVER } from './consumer.messages.js';
import type { RunningJobs } from './running-jobs.js';

const RENEW_MS = 1000;

/**
 * Renews the leases of all running jobs at once, and takes over the jobs of processes that no longer
 * renew theirs.
 */
export class LeaseKeeper {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private timer: NodeJS.Timeout | undefined;
  private isBusy = false;
  /** Since when this process could renew its leases in time: monotonic time in milliseconds. */
  private healthySinceMs = 0;
  private lastMs = 0;
  /**
   * The clock of the store at the last look. Leases count back from there, so that a server that was
   * frozen takes nothing over in the moment when it goes on.
   */
  private lookedAtMs: number | undefined;

  constructor(
    private readonly store: JobStore,
    private readonly running: RunningJobs,
    private readonly leaseMs: number,
    private readonly whenTakenOver: () => void,
  ) {}

  start(): void {
    this.healthySinceMs = this.lastMs = performance.now();
    this.lookedAtMs = undefined;
    this.timer = setInterval(() => void this.tick(), Math.min(RENEW_MS, this.leaseMs / 3));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await this.renew();
      const clockMs = await this.store.clockMs();
      const nowMs = performance.now();
      if (nowMs - this.lastMs > this.leaseMs) this.healthySinceMs = nowMs;
      this.lastMs = nowMs;
      // After the database was away no lease was renewed. Its owners may do so before somebody
      // else takes their jobs over.
      if (nowMs - this.healthySinceMs > this.leaseMs) await this.takeOver();
      this.lookedAtMs = clockMs;
    } catch (error) {
      this.healthySinceMs = performance.now();
      this.logger.debug(`Leases were not renewed: ${messageOf(error)}`);
    } finally {
      this.isBusy = false;
    }
  }

  private async renew(): Promise<void> {
    const jobs = [...this.running.values()].filter(({ isSettled }) => !isSettled);
    if (jobs.length === 0) return;
    const held = await this.store.renew(jobs.map(({ claimed }) => claimed));
    const lost = jobs.filter((job) => !held.has(job.claimed.id) && this.running.has(job));
    for (const job of lost) job.lose();
    if (lost.length > 0) this.logger.warn(TAKEN_OVER(lost.length));
  }

  private async takeOver(): Promise<void> {
    const count = await this.store.takeOver(this.leaseMs, this.lookedAtMs);
    if (count === 0) return;
    this.logger.warn(
      `Took over notifications whose leases were not renewed for ${this.leaseMs} ms, because their ` +
        `process ended or hung: ${count}`,
    );
    this.whenTakenOver();
  }
}
