import {
  Cancellation,
  DeliveryProgress,
  type InboxJob,
  type ProgressRecord,
  progressOfRecord,
  recordOfProgress,
} from '@green-notifications/nestjs/spi';

import { ClaimLostError } from '../inbox.errors.js';
import type { ClaimedJob } from '../jobs/job.js';
import type { JobStore } from '../jobs/job.store.js';

/** A job whose handlers run in this process. */
export class RunningJob implements InboxJob {
  readonly cutOff = new Cancellation();
  readonly lostAttempts: number;
  /** What its handlers have done. Undefined if none has done anything yet. */
  progress: DeliveryProgress | undefined;
  /** Whether it was settled together with its dead letters. */
  isSettled = false;
  private readonly committed = new Set<string>();

  constructor(
    readonly claimed: ClaimedJob,
    private readonly store: JobStore,
    private readonly redact: (text: string) => string,
  ) {
    const { history, retryCount } = claimed;
    this.lostAttempts = history ? Math.max(0, retryCount - history.handOuts) : retryCount;
    this.progress = progressOf(claimed);
  }

  /** The progress as it is stored. */
  get record(): ProgressRecord | undefined {
    return this.progress && recordOfProgress(this.progress, this.redact);
  }

  /** Ends the handlers, because the claim no longer exists. */
  lose(): void {
    this.isSettled = true;
    this.cutOff.abort(new ClaimLostError());
  }

  async transaction<T>(handler: string, work: (transaction: unknown) => Promise<T>): Promise<T> {
    const result = await this.store.transaction(this.claimed, handler, work);
    this.committed.add(handler);
    return result;
  }

  hasCommitted(handler: string): boolean {
    return this.committed.has(handler);
  }

  async succeeded(handler: string): Promise<void> {
    if (this.committed.has(handler)) return;
    // If this is not recorded and the process ends now, the handler runs again.
    await this.store.succeeded(this.claimed, handler).catch(() => undefined);
  }
}

function progressOf({ history }: ClaimedJob): DeliveryProgress | undefined {
  if (!history) return undefined;
  const { progress: record, succeeded } = history;
  if (!record && succeeded.length === 0) return undefined;
  const progress = record ? progressOfRecord(record) : new DeliveryProgress();
  for (const handler of succeeded) {
    Object.assign(progress.of(handler), { hasMatched: true, state: 'succeeded' });
  }
  return progress;
}
