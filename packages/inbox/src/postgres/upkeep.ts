import type { ConnectedBoss } from './connected-boss.js';
import type { JobNotes } from './job.notes.js';
import { QUEUE } from './queue.js';
import type { SeenTable } from './seen.table.js';

const PURGE_MS = 60 * 60 * 1000;
const MANY_JOBS = 1000;

/** What the tables need from time to time. */
export class Upkeep {
  private purgedAtMs = 0;
  private isAnalysed = false;
  private settledJobs = 0;

  constructor(
    private readonly seen: SeenTable,
    private readonly notes: JobNotes,
  ) {}

  settled(count: number): void {
    this.settledJobs += count;
  }

  async run(connected: ConnectedBoss, waiting: number): Promise<void> {
    const { db } = connected.database;
    const jobs = `${connected.bossSchema}.job`;
    // Until the server knows how many rows a new table has, it looks for jobs five times as slowly.
    if (waiting >= MANY_JOBS && !this.isAnalysed) {
      this.isAnalysed = true;
      await db.executeSql(`analyze ${jobs}`);
    }
    const { settledJobs } = this;
    this.settledJobs = 0;
    await connected.maintain?.(settledJobs);
    const nowMs = performance.now();
    if (this.purgedAtMs > 0 && nowMs - this.purgedAtMs < PURGE_MS) return;
    this.purgedAtMs = nowMs;
    await this.seen.purge(db);
    await this.notes.purge(db, jobs, QUEUE);
  }
}
