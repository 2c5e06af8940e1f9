import { setTimeout as delay } from 'node:timers/promises';

import type { DeadLetter, DeadLetterStore, Delivery, Instance } from '@green-notifications/nestjs';
import {
  type BlockedLane,
  Inbox,
  type InboxHost,
  type InboxStatus,
  type StoreResult,
} from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';

import { InboxConsumer } from './consumer/inbox.consumer.js';
import { LeaseKeeper } from './consumer/lease.keeper.js';
import { RunningJob } from './consumer/running-job.js';
import { RunningJobs } from './consumer/running-jobs.js';
import type { InboxSettings } from './inbox.options.js';
import type { JobStore } from './jobs/job.store.js';
import type { SharedPollers } from './pollers/shared.pollers.js';
import { BacklogWatch } from './store/backlog.watch.js';
import { InboxWriter } from './store/inbox.writer.js';

const FULL_RETRY_MS = 1000;
const SETTLED_POLL_MS = 20;
/** How long a stop waits until what was cut off is put back. */
const LONGEST_PUT_BACK_MS = 5000;

/** An inbox that keeps its notifications in a job store. */
export class JobStoreInbox extends Inbox {
  readonly progress = new RunningJobs();
  override readonly receives: boolean;
  private readonly writer: InboxWriter;
  private readonly consumer: InboxConsumer;
  private readonly leases: LeaseKeeper;
  private readonly backlog: BacklogWatch;
  private readonly logger = new Logger('GreenNotificationsInbox');
  private host: InboxHost | undefined;
  private isRunning = false;

  constructor(
    private readonly jobs: JobStore,
    private readonly settings: InboxSettings,
    override readonly pollers?: SharedPollers,
  ) {
    super();
    const { role, concurrency, leaseMs } = settings;
    this.receives = role !== 'worker';
    this.backlog = new BacklogWatch(
      this.jobs,
      settings,
      (idInstance) => this.host?.find(idInstance) !== undefined,
      () => this.writer.recovered(),
    );
    this.consumer = new InboxConsumer(this.jobs, this.progress, concurrency, leaseMs);
    this.leases = new LeaseKeeper(this.jobs, this.progress, leaseMs, () => this.consumer.wake());
    this.writer = new InboxWriter(this.jobs, (count) => {
      this.backlog.stored(count);
      this.consumer.wake();
    });
  }

  readonly deadLetters: DeadLetterStore = {
    put: (letters, delivery) => this.put(letters, delivery),
    get: (id) => this.jobs.deadLetters.get(id),
    list: () => this.jobs.deadLetters.list(),
    iterate: () => this.jobs.deadLetters.iterate(),
    discard: (id) => this.jobs.deadLetters.discard(id),
    transaction: (id, work, signal) => this.jobs.deadLetters.transaction(id, work, signal),
  };

  get status(): InboxStatus {
    const { waiting, oldestAt, isFull, isLate, unknown } = this.backlog;
    return {
      waiting,
      oldestAt,
      isLate,
      isFull,
      running: this.progress.size,
      unknownInstances: unknown.map(({ ageMs: _, ...backlog }) => backlog),
      failure: this.writer.failure ?? this.consumer.failure ?? this.pollers?.failure,
    };
  }

  async open(host: InboxHost): Promise<void> {
    await this.jobs.open();
    this.host = host;
    const { role } = this.settings;
    if (role === 'receiver') this.logger.log('This process stores notifications, and handles none');
    if (role === 'worker') this.logger.log('This process handles notifications, and receives none');
  }

  async store(delivery: Delivery): Promise<StoreResult> {
    return this.backlog.isFull ? { retryAfterMs: FULL_RETRY_MS } : this.writer.write(delivery);
  }

  async start(): Promise<void> {
    this.isRunning = true;
    await this.backlog.start();
    if (this.settings.role === 'receiver') return;
    await this.jobs.watch(() => this.consumer.wake());
    this.leases.start();
    this.consumer.start(this.host!);
  }

  pause(): void {
    this.consumer.pause();
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.backlog.stop();
    await this.consumer.stop(LONGEST_PUT_BACK_MS);
    this.leases.stop();
  }

  async settled({ idInstance }: Instance, timeoutMs: number): Promise<void> {
    const deadlineMs = performance.now() + timeoutMs;
    while (this.progress.hasOf(idInstance) && performance.now() < deadlineMs) {
      await delay(SETTLED_POLL_MS);
    }
  }

  close(): Promise<void> {
    return this.jobs.close();
  }

  blockedLanes(): Promise<readonly BlockedLane[]> {
    return this.jobs.blockedLanes();
  }

  async discard(idInstance: string): Promise<number> {
    const count = await this.jobs.discard(idInstance);
    if (count > 0) {
      this.logger.warn(
        `Discarded notifications of instance ${idInstance} that waited in the inbox, as ` +
          `inbox.discard was called: ${count}`,
      );
    }
    return count;
  }

  /** Letters of a job are stored in the transaction that ends the job. */
  private async put(letters: readonly DeadLetter[], delivery?: Delivery): Promise<void> {
    // Another process may have redriven it with success. It must not come back, and be redriven again.
    if (delivery?.redriveOf) return this.jobs.deadLetters.replace(letters);
    const job = delivery?.job;
    if (!(job instanceof RunningJob)) return this.jobs.deadLetters.put(letters);
    await this.jobs.deadLetters.putAndSettle(letters, job.claimed);
    job.isSettled = true;
  }
}
