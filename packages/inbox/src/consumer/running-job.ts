import {
  Cancellation,
  DeliveryProgress,
  type InboxJob,
  type ProgressRecord,
  progressOfRecord,
  recordOfProgress,
  RememberedResults,
} from '@green-notifications/nestjs/spi';

import { ClaimLostError, OutcomeUnknownError } from '../inbox.errors.js';
import { askUntilAnswered } from '../jobs/ask-until-answered.js';
import type { ClaimedJob, JobHistory } from '../jobs/job.js';
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
    history: JobHistory | undefined,
    private readonly store: JobStore,
    private readonly redact: (text: string) => string,
  ) {
    this.lostAttempts = lostAttempts(claimed, history);
    this.progress = history && progressOf(history);
  }

  /** The progress as it is stored. */
  get record(): ProgressRecord | undefined {
    const { progress } = this;
    if (!progress) return undefined;
    // What is overdue is due now: see `progressOf`.
    const nowMs = performance.now();
    for (const handler of progress.handlers.values()) {
      handler.dueAtMs = Math.max(handler.dueAtMs, nowMs);
    }
    return recordOfProgress(progress, this.redact);
  }

  /** Ends the handlers, because the claim no longer exists. */
  lose(): void {
    this.isSettled = true;
    this.cutOff.abort(new ClaimLostError());
  }

  async transaction<T>(
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    let result: { readonly value: T } | undefined;
    const keepResult = async (transaction: unknown) => {
      result = { value: await work(transaction) };
    };
    try {
      await this.store.transaction(this.claimed, handler, keepResult, signal);
    } catch (error) {
      const isUnknown = result !== undefined && error instanceof OutcomeUnknownError;
      const wasCommitted = () => this.store.hasSucceeded(this.claimed, handler);
      if (!isUnknown || !(await askUntilAnswered(wasCommitted))) throw error;
    }
    this.committed.add(handler);
    return result!.value;
  }

  hasCommitted(handler: string): boolean {
    return this.committed.has(handler);
  }

  async remember(handler: string, name: string, result: string): Promise<void> {
    // If this is not recorded and the process ends now, the work is done again.
    await this.store.remember(this.claimed, { handler, name, result }).catch(() => undefined);
  }

  async succeeded(handler: string): Promise<void> {
    if (this.committed.has(handler)) return;
    // If this is not recorded and the process ends now, the handler runs again.
    await this.store.succeeded(this.claimed, handler).catch(() => undefined);
  }
}

/** How many earlier attempts began, and never ended. */
export function lostAttempts({ retryCount }: ClaimedJob, history: JobHistory | undefined): number {
  return history ? Math.max(0, retryCount - history.handOuts) : 0;
}

function progressOf(history: JobHistory): DeliveryProgress | undefined {
  const { progress: record, succeeded, remembered } = history;
  if (!record && succeeded.length === 0 && remembered.length === 0) return undefined;
  const progress = record ? progressOfRecord(record) : new DeliveryProgress();
  for (const handler of succeeded) {
    Object.assign(progress.of(handler), { hasMatched: true, state: 'succeeded' });
  }
  for (const { handler, name, result } of remembered) {
    const known = progress.of(handler);
    known.remembered = new RememberedResults({ ...known.remembered?.record, [name]: result });
  }
  const pending = [...progress.handlers.values()].filter(({ state }) => state === 'pending');
  // A job is handed out when its first handler is due. The times come from the clock of another
  // machine, so only the waits between them count.
  const firstMs = Math.min(...pending.map(({ dueAtMs }) => dueAtMs));
  for (const handler of pending) handler.dueAtMs += performance.now() - firstMs;
  return progress;
}
