import { type Delivery, idMessageOf } from '@green-notifications/nestjs';
import { laneOf, type StoreResult } from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';

import { messageOf, OutcomeUnknownError } from '../inbox.errors.js';
import { askUntilAnswered } from '../jobs/ask-until-answered.js';
import type { NewJob } from '../jobs/job.js';
import type { JobStore } from '../jobs/job.store.js';
import { identityOf, nextJobId, shortLane } from '../jobs/lanes-and-ids.js';
import { isAboutStatement } from '../sql-state.js';

const LARGEST_BATCH = 200;
const LARGEST_BATCH_BYTES = 4 * 1024 * 1024;
/** When GREEN-API should deliver again what could not be stored. */
const RETRY_AFTER_MS = 5000;
const MOST_UNSURE = 10_000;
const MOST_REFUSED = 1000;

interface Waiting {
  readonly job: NewJob;
  readonly delivery: Delivery;
  readonly bytes: number;
  readonly resolve: (result: StoreResult) => void;
}

/**
 * Writes notifications to the store. There is one writer in a process, and it waits for each batch
 * before it writes the next: so the order of a lane is that of the calls.
 */
export class InboxWriter {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private queue: Waiting[] = [];
  private isWriting = false;
  /**
   * The jobs of notifications without an id of which nobody knows whether they were stored. If such
   * a notification is delivered again, it is the same job again.
   */
  private readonly unsure = new Map<string, string>();
  /** Notifications that cannot be written as JSON. */
  private readonly refused = new Set<string>();
  /** Why the last batch was not stored. */
  failure: string | undefined;

  constructor(
    private readonly store: JobStore,
    private readonly whenStored: (count: number) => void,
  ) {}

  /** The store answers again. */
  recovered(): void {
    if (!this.isWriting) this.succeeded();
  }

  /** Never rejects. */
  write(delivery: Delivery): Promise<StoreResult> {
    return new Promise((resolve) => {
      try {
        const { job, bytes } = this.jobOf(delivery);
        this.queue.push({ job, bytes, delivery, resolve });
      } catch (error) {
        this.refuse(delivery, error);
        resolve({ retryAfterMs: RETRY_AFTER_MS });
        return;
      }
      if (this.isWriting) return;
      this.isWriting = true;
      // Collects what arrives in this turn of the event loop.
      setImmediate(() => void this.run());
    });
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) await this.writeBatch(this.nextBatch());
    this.isWriting = false;
  }

  private nextBatch(): Waiting[] {
    let bytes = 0;
    const end = this.queue.findIndex((waiting, index) => {
      bytes += waiting.bytes;
      return index === LARGEST_BATCH || (index > 0 && bytes > LARGEST_BATCH_BYTES);
    });
    return this.queue.splice(0, end < 0 ? this.queue.length : end);
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.settle(batch, await this.insert(batch));
      this.succeeded();
    } catch (error) {
      // What one of them contains may be the reason. Otherwise the next one would fail, too.
      if (batch.length > 1 && isAboutStatement(error)) {
        for (const waiting of batch) await this.writeBatch([waiting]);
        return;
      }
      this.giveBack(batch, error);
    }
  }

  /** If nobody knows whether a batch was stored, the store is asked, and nothing is repeated. */
  private async insert(batch: readonly Waiting[]): Promise<ReadonlySet<string>> {
    const jobs = batch.map(({ job }) => job);
    try {
      return await this.store.insert(jobs);
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      const stored = await askUntilAnswered(() => this.store.findStored(jobs));
      if (stored.size === 0) throw error;
      return stored;
    }
  }

  private async settle(batch: readonly Waiting[], stored: ReadonlySet<string>): Promise<void> {
    if (stored.size > 0) this.whenStored(stored.size);
    for (const { job, delivery, resolve } of batch) {
      this.unsure.delete(sameDelivery(delivery));
      resolve(stored.has(job.id) ? 'stored' : 'duplicate');
    }
  }

  private succeeded(): void {
    if (this.failure !== undefined) this.logger.log('Notifications can be stored again');
    this.failure = undefined;
  }

  private giveBack(batch: readonly Waiting[], error: unknown): void {
    if (this.failure === undefined) {
      this.logger.error(
        `Notifications cannot be stored, so GREEN-API keeps them: ${messageOf(error)}. ` +
          'Check the database of the inbox; receiving goes on by itself',
      );
    }
    this.failure = messageOf(error);
    for (const { job, delivery, resolve } of batch) {
      if (idMessageOf(delivery.notification) === undefined) {
        this.unsure.set(sameDelivery(delivery), job.id);
        const [oldest] = this.unsure.keys();
        if (this.unsure.size > MOST_UNSURE && oldest !== undefined) this.unsure.delete(oldest);
      }
      resolve({ retryAfterMs: RETRY_AFTER_MS });
    }
  }

  /** GREEN-API delivers it again and again, so it is logged once. */
  private refuse(delivery: Delivery, error: unknown): void {
    const same = sameDelivery(delivery);
    if (this.refused.has(same)) return;
    if (this.refused.size >= MOST_REFUSED) this.refused.clear();
    this.refused.add(same);
    this.logger.error(
      `A notification of instance ${delivery.instance.idInstance} cannot be stored, so it is not ` +
        `acknowledged: it cannot be written as JSON (${messageOf(error)}). GREEN-API drops it after ` +
        '24 hours; to go on earlier, clear its queue',
    );
  }

  private jobOf(delivery: Delivery): { readonly job: NewJob; readonly bytes: number } {
    const { key, notification, instance, transport, receiptId, receivedAt } = delivery;
    const hasId = idMessageOf(notification) !== undefined;
    const id = (!hasId && this.unsure.get(sameDelivery(delivery))) || nextJobId();
    const stored = {
      idInstance: instance.idInstance,
      transport,
      ...(receiptId !== undefined && { receiptId }),
      receivedAt: receivedAt.toISOString(),
      notification,
    };
    return {
      job: {
        id,
        lane: shortLane(laneOf(notification, instance.idInstance)),
        // Two notifications of a kind without an id may look the same.
        identity: hasId ? identityOf(key) : id,
        stored,
      },
      bytes: JSON.stringify(notification).length,
    };
  }
}

function sameDelivery({ key, receiptId = '' }: Delivery): string {
  return `${receiptId} ${key}`;
}
