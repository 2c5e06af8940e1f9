import { setTimeout as delay } from 'node:timers/promises';

import {
  type Delivery,
  idMessageOf,
  type Instance,
  type Notification,
  type Outcome,
} from '@green-notifications/nestjs';
import { deliveryKey, type InboxHost } from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';

import { messageOf } from '../inbox.errors.js';
import type { ClaimedJob, JobHistory, Settlement } from '../jobs/job.js';
import type { JobStore } from '../jobs/job.store.js';
import { TAKEN_OVER } from './consumer.messages.js';
import { lostAttempts, RunningJob } from './running-job.js';
import type { RunningJobs } from './running-jobs.js';
import { Wake } from './wake.js';

/** How long the end of a job waits for others that end, so that they are settled together. */
const GROUPING_MS = 2;
/** How often to look for jobs if nothing tells that there are any. */
const POLL_MS = 1000;
/** How long to wait after the store failed. */
const FAILURE_PAUSE_MS = 500;
/** How long others have time to take what this process does not know. */
const UNKNOWN_INSTANCE_MS = 1000;
/** A process may end for any reason. What was lost again may be the reason. */
const SUSPECT_AFTER_LOSSES = 2;
const SUSPECT_PAUSE_MS = 500;
/** How long a stop waits for a store that does not answer. */
const LONGEST_ANSWER_MS = 1000;

/**
 * Hands out jobs: claims as many as may run, gives each to its handlers, and settles those that have
 * ended, in groups.
 *
 * It looks for jobs when something was stored, when a job has ended, when one is due, and once a
 * second.
 */
export class InboxConsumer {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private readonly wakeUp = new Wake();
  private readonly unknown = new Set<string>();
  private settlements: Settlement[] = [];
  /** Running jobs that may have ended the processes that ran them. */
  private suspects = 0;
  private isHandingOut = false;
  private isOver = true;
  /** Counts the starts, so that a loop that hung ends when it wakes up after the next one. */
  private generation = 0;
  private looping: Promise<void> = Promise.resolve();
  /** Why the store does not work. */
  failure: string | undefined;

  constructor(
    private readonly store: JobStore,
    private readonly running: RunningJobs,
    private readonly concurrency: number,
    private readonly leaseMs: number,
  ) {}

  start(host: InboxHost): void {
    this.isHandingOut = true;
    this.isOver = false;
    this.generation += 1;
    this.looping = this.loop(host, this.generation);
  }

  /** Looks for jobs now. */
  wake(): void {
    this.wakeUp.within(0);
  }

  pause(): void {
    this.isHandingOut = false;
  }

  /**
   * Settles what has ended. The handlers of what is still running have been cut off, so all jobs end
   * soon.
   */
  async stop(timeoutMs: number): Promise<void> {
    this.pause();
    const deadlineMs = performance.now() + timeoutMs;
    while (this.hasWork && performance.now() < deadlineMs && !this.isOver) {
      this.wake();
      await delay(GROUPING_MS);
    }
    this.isOver = true;
    this.wake();
    await Promise.race([this.looping, delay(LONGEST_ANSWER_MS)]);
  }

  private get hasWork(): boolean {
    return this.running.size > 0 || this.settlements.length > 0;
  }

  private async loop(host: InboxHost, generation: number): Promise<void> {
    while (!this.isOver && generation === this.generation) {
      try {
        await this.settle();
        const hasMore = await this.handOut(host);
        this.recovered();
        if (!hasMore) await this.wakeUp.wait(POLL_MS);
      } catch (error) {
        this.report(error);
        await this.wakeUp.wait(FAILURE_PAUSE_MS);
      }
    }
  }

  /** Whether there may be more jobs to hand out at once. */
  private async handOut(host: InboxHost): Promise<boolean> {
    const free = this.concurrency - this.running.size;
    if (!this.isHandingOut || free <= 0) return false;
    for (const id of this.unknown) if (host.find(id)) this.unknown.delete(id);
    const askedAtMs = performance.now();
    const claimed = await this.store.claim(free, [...this.unknown]);
    const histories = await this.historiesOf(claimed);
    const jobs = await this.stillHeld(claimed, askedAtMs);
    for (const job of jobs) this.beginOrPutBack(job, histories.get(job.id), host);
    return claimed.length === free && this.running.size < this.concurrency;
  }

  /** When an answer is late, others may have taken the jobs over and handled them. */
  private async stillHeld(
    claimed: readonly ClaimedJob[],
    askedAtMs: number,
  ): Promise<readonly ClaimedJob[]> {
    if (claimed.length === 0 || performance.now() - askedAtMs < this.leaseMs) return claimed;
    const renewedAtMs = performance.now();
    const held = await this.store.renew(claimed);
    return this.stillHeld(
      claimed.filter(({ id }) => held.has(id)),
      renewedAtMs,
    );
  }

  private async historiesOf(jobs: readonly ClaimedJob[]): Promise<Map<string, JobHistory>> {
    const again = jobs.filter(({ retryCount }) => retryCount > 0);
    if (again.length === 0) return new Map();
    try {
      return new Map(await this.store.historiesOf(again));
    } catch (error) {
      for (const job of jobs) this.putBack(job, 0);
      throw error;
    }
  }

  private beginOrPutBack(job: ClaimedJob, history: JobHistory | undefined, host: InboxHost): void {
    if (!this.isHandingOut) return this.putBack(job, 0);
    const instance = host.find(job.stored.idInstance);
    if (!instance) return this.putBackUnknown(job);
    // One of those that were lost together may be what ended their process, so each runs apart from
    // the others. Otherwise the innocent would use up their attempts with it.
    const isSuspect = lostAttempts(job, history) >= SUSPECT_AFTER_LOSSES;
    if (isSuspect && this.suspects > 0) return this.putBack(job, SUSPECT_PAUSE_MS);
    this.begin(job, history, instance, host);
  }

  private begin(
    claimed: ClaimedJob,
    history: JobHistory | undefined,
    instance: Instance,
    host: InboxHost,
  ): void {
    const { idInstance, receivedAt, receiptId, transport } = claimed.stored;
    const notification = claimed.stored.notification as Notification;
    const job = new RunningJob(claimed, history, this.store, (text) =>
      instance.client.redact(text),
    );
    if (job.lostAttempts >= SUSPECT_AFTER_LOSSES) this.suspects += 1;
    // Two notifications of a kind without an id may look the same.
    const key =
      deliveryKey(notification, idInstance) +
      (idMessageOf(notification) === undefined ? `#${claimed.id}` : '');
    const delivery: Delivery = {
      key,
      notification,
      instance,
      transport,
      ...(receiptId !== undefined && { receiptId }),
      receivedAt: new Date(receivedAt),
      redeliveryMs: 0,
      job,
    };
    this.running.add(key, job);
    void host.deliver(delivery).then((outcome) => this.end(key, job, outcome));
  }

  private end(key: string, job: RunningJob, outcome: Outcome): void {
    this.running.remove(key, job);
    if (job.lostAttempts >= SUSPECT_AFTER_LOSSES) this.suspects -= 1;
    if (!job.isSettled) this.settlements.push(settlementOf(job, outcome));
    this.wakeUp.within(GROUPING_MS);
  }

  private putBackUnknown(claim: ClaimedJob): void {
    const { idInstance } = claim.stored;
    if (!this.unknown.has(idInstance)) {
      this.unknown.add(idInstance);
      this.logger.warn(
        `The inbox holds notifications of instance ${idInstance}, which this process does not know; ` +
          'add it to the instances, or let a process that knows it handle them',
      );
    }
    // Another process may know it. This one asks for no more of them until it does, too.
    this.putBack(claim, UNKNOWN_INSTANCE_MS);
  }

  private putBack(claim: ClaimedJob, retryAfterMs: number): void {
    this.settlements.push({ claim, isDone: false, retryAfterMs, progress: undefined });
    this.wakeUp.within(GROUPING_MS);
  }

  private async settle(): Promise<void> {
    const ended = this.settlements;
    if (ended.length === 0) return;
    this.settlements = [];
    try {
      const settled = await this.store.settle(ended);
      for (const settlement of ended) {
        if (!settlement.isDone) this.wakeAfter(settlement.retryAfterMs);
      }
      const lost = ended.length - settled.size;
      if (lost > 0) this.logger.warn(TAKEN_OVER(lost));
    } catch (error) {
      this.settlements = [...ended, ...this.settlements];
      throw error;
    }
  }

  /** A later one is found by polling. */
  private wakeAfter(durationMs: number): void {
    if (durationMs < POLL_MS) setTimeout(() => this.wake(), durationMs).unref();
  }

  private recovered(): void {
    if (this.failure !== undefined) this.logger.log('The inbox hands out notifications again');
    this.failure = undefined;
  }

  private report(error: unknown): void {
    const message = messageOf(error);
    if (this.failure === undefined) {
      this.logger.error(
        `The inbox cannot hand out notifications: ${message}. Check its database; it goes on by itself`,
      );
    }
    this.failure = message;
  }
}

function settlementOf({ claimed: claim, record }: RunningJob, outcome: Outcome): Settlement {
  if (outcome.result !== 'retry') return { claim, isDone: true };
  const retryAfterMs = outcome.isCutOff ? 0 : outcome.retryAfterMs;
  return { claim, isDone: false, retryAfterMs, progress: record };
}
