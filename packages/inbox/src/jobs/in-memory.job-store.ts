import type { DeadLetter } from '@green-notifications/nestjs';
import { type BlockedLane, orAborted } from '@green-notifications/nestjs/spi';
import { InMemoryDeadLetterStore, type TestTransaction } from '@green-notifications/nestjs/testing';

import { ClaimLostError } from '../inbox.errors.js';
import { blockedLane } from './blocked-lane.js';
import type { Claim, ClaimedJob, JobHistory, NewJob, RememberedResult, Settlement } from './job.js';
import type { Backlog, JobStore, LetterStore } from './job.store.js';

interface Entry {
  readonly job: NewJob;
  readonly storedAt: Date;
  state: 'waiting' | 'claimed' | 'put-back';
  /** How often it was handed out. */
  handOuts: number;
  dueAtMs: number;
  renewedAtMs: number;
  history: JobHistory | undefined;
}

/** Jobs in memory, for tests: they are lost when the process ends. */
export class InMemoryJobStore implements JobStore {
  /** In the order in which they were stored. */
  private readonly entries = new Map<string, Entry>();
  private readonly seen = new Map<string, string>();
  private readonly letters = new InMemoryDeadLetterStore();
  private readonly wakes = new Set<() => void>();

  readonly deadLetters: LetterStore = {
    put: (letters) => this.letters.put(letters),
    get: (id) => this.letters.get(id),
    list: () => this.letters.list(),
    iterate: () => this.letters.iterate(),
    discard: (id) => this.letters.discard(id),
    transaction: (id, work, signal) => this.discardWith(id, work, signal),
    replace: (letters) => this.replace(letters),
    putAndSettle: (letters, claim) => this.putAndSettle(letters, claim),
  };

  /** @param begin runs `work` in a transaction of what handlers write to */
  constructor(private readonly begin: TestTransaction = (work) => work(undefined)) {}

  async open(): Promise<void> {}

  async close(): Promise<void> {
    this.wakes.clear();
  }

  async watch(wake: () => void): Promise<void> {
    this.wakes.add(wake);
  }

  async insert(jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    const fresh = new Set<string>();
    for (const job of jobs) {
      if (this.seen.has(job.identity)) continue;
      this.seen.set(job.identity, job.id);
      fresh.add(job.id);
      this.entries.set(job.id, {
        job: structuredClone(job),
        storedAt: new Date(),
        state: 'waiting',
        handOuts: 0,
        dueAtMs: 0,
        renewedAtMs: 0,
        history: undefined,
      });
    }
    for (const wake of this.wakes) wake();
    return fresh;
  }

  async findStored(jobs: readonly NewJob[]): Promise<ReadonlySet<string>> {
    return idsOf(jobs.filter(({ id, identity }) => this.seen.get(identity) === id));
  }

  async claim(count: number, except: readonly string[] = []): Promise<readonly ClaimedJob[]> {
    const taken = new Set<string>();
    const claimed: ClaimedJob[] = [];
    const nowMs = performance.now();
    for (const entry of this.inOrder()) {
      if (claimed.length === count) break;
      const { job } = entry;
      if (taken.has(job.lane)) continue;
      taken.add(job.lane);
      if (entry.state === 'claimed' || entry.dueAtMs > nowMs) continue;
      if (except.includes(job.stored.idInstance)) continue;
      const retryCount = entry.handOuts;
      Object.assign(entry, { state: 'claimed', handOuts: retryCount + 1, renewedAtMs: nowMs });
      claimed.push({ id: job.id, retryCount, stored: job.stored });
    }
    return claimed;
  }

  async historiesOf(claims: readonly Claim[]): Promise<ReadonlyMap<string, JobHistory>> {
    return new Map(claims.map(({ id }) => [id, this.entries.get(id)?.history ?? NOTHING]));
  }

  async settle(settlements: readonly Settlement[]): Promise<ReadonlySet<string>> {
    const held = settlements.filter(({ claim }) => this.held(claim));
    for (const settlement of held) {
      const { id } = settlement.claim;
      if (settlement.isDone) {
        this.entries.delete(id);
        continue;
      }
      const entry = this.entries.get(id)!;
      const { progress = entry.history?.progress } = settlement;
      const { succeeded = [], remembered = [] } = entry.history ?? {};
      entry.state = 'put-back';
      entry.dueAtMs = performance.now() + settlement.retryAfterMs;
      // Without progress nothing ran, so what was lost before is still lost.
      const known = entry.history?.handOuts ?? 0;
      const handOuts = settlement.progress ? entry.handOuts : known + 1;
      entry.history = { progress, succeeded, remembered, handOuts };
    }
    return idsOf(held.map(({ claim }) => claim));
  }

  async renew(claims: readonly Claim[]): Promise<ReadonlySet<string>> {
    const held = claims.filter((claim) => this.held(claim));
    for (const { id } of held) this.entries.get(id)!.renewedAtMs = performance.now();
    return idsOf(held);
  }

  async takeOver(leaseMs: number, asOfMs = performance.now()): Promise<number> {
    const late = [...this.entries.values()].filter(
      ({ state, renewedAtMs }) => state === 'claimed' && renewedAtMs < asOfMs - leaseMs,
    );
    for (const entry of late) Object.assign(entry, { state: 'put-back', dueAtMs: 0 });
    return late.length;
  }

  async succeeded({ id }: Claim, handler: string): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry) return;
    const { succeeded, ...history } = entry.history ?? NOTHING;
    entry.history = { ...history, succeeded: [...succeeded, handler] };
  }

  async remember({ id }: Claim, given: RememberedResult): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry) return;
    const { remembered, ...history } = entry.history ?? NOTHING;
    const others = remembered.filter(
      ({ handler, name }) => handler !== given.handler || name !== given.name,
    );
    entry.history = { ...history, remembered: [...others, given] };
  }

  async transaction<T>(
    claim: Claim,
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    let result!: T;
    await this.begin(async (transaction) => {
      result = await orAborted(work(transaction), signal);
      if (!this.held(claim)) throw new ClaimLostError();
    });
    await this.succeeded(claim, handler);
    return result;
  }

  async hasSucceeded({ id }: Claim, handler: string): Promise<boolean> {
    return this.entries.get(id)?.history?.succeeded.includes(handler) ?? false;
  }

  async clockMs(): Promise<number> {
    return performance.now();
  }

  async backlog(): Promise<readonly Backlog[]> {
    const byInstance = new Map<string, Backlog>();
    for (const { job, state, storedAt } of this.inOrder()) {
      if (state === 'claimed') continue;
      const { idInstance } = job.stored;
      const first = { idInstance, oldestAt: storedAt, ageMs: Date.now() - storedAt.getTime() };
      const { waiting, ...oldest } = byInstance.get(idInstance) ?? { waiting: 0, ...first };
      byInstance.set(idInstance, { ...oldest, waiting: waiting + 1 });
    }
    return [...byInstance.values()];
  }

  async discard(idInstance: string): Promise<number> {
    const waiting = [...this.entries.values()].filter(
      ({ job, state }) => state !== 'claimed' && job.stored.idInstance === idInstance,
    );
    for (const { job } of waiting) this.entries.delete(job.id);
    return waiting.length;
  }

  async blockedLanes(): Promise<readonly BlockedLane[]> {
    const entries = this.inOrder();
    return entries
      .filter(({ state }) => state !== 'waiting')
      .map(({ job, state, history, storedAt, dueAtMs }) =>
        blockedLane(job.stored, {
          waiting: entries.filter((each) => each.job.lane === job.lane).length - 1,
          since: storedAt,
          nextAttemptAt:
            state === 'put-back' ? new Date(Date.now() + dueAtMs - performance.now()) : undefined,
          progress: history?.progress,
        }),
      );
  }

  private async putAndSettle(letters: readonly DeadLetter[], claim: Claim): Promise<void> {
    if (!this.held(claim)) throw new ClaimLostError();
    await this.letters.put(letters);
    this.entries.delete(claim.id);
  }

  private async replace(letters: readonly DeadLetter[]): Promise<void> {
    for (const letter of letters) {
      if (await this.letters.get(letter.id)) await this.letters.put([letter]);
    }
  }

  private async discardWith(
    id: string,
    work: (transaction: unknown) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const letter = await this.letters.get(id);
    let isDiscarded: boolean | undefined;
    try {
      await this.begin(async (transaction) => {
        await orAborted(work(transaction), signal);
        isDiscarded = await this.letters.discard(id);
        if (!isDiscarded) throw new Error('rolled back, because the letter is gone');
      });
      return true;
    } catch (error) {
      if (isDiscarded === false) return false;
      // It was not committed.
      if (isDiscarded && letter) await this.letters.put([letter]);
      throw error;
    }
  }

  private held({ id, retryCount }: Claim): boolean {
    const entry = this.entries.get(id);
    return entry?.state === 'claimed' && entry.handOuts === retryCount + 1;
  }

  private inOrder(): Entry[] {
    return [...this.entries.values()].toSorted((a, b) => (a.job.id < b.job.id ? -1 : 1));
  }
}

const NOTHING: JobHistory = { progress: undefined, succeeded: [], remembered: [], handOuts: 0 };

function idsOf(jobs: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(jobs.map(({ id }) => id));
}
