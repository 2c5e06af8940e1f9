import type { DeadLetterStore } from '@green-notifications/nestjs';
import type { BlockedLane } from '@green-notifications/nestjs/spi';

import type { Claim, ClaimedJob, JobHistory, NewJob, RememberedResult, Settlement } from './job.js';

/** How many jobs of an instance wait, and since when the first, by the clock of the store. */
export interface Backlog {
  readonly idInstance: string;
  readonly waiting: number;
  readonly oldestAt: Date;
  /** How long the first has waited, in milliseconds. */
  readonly ageMs: number;
}

/**
 * Keeps jobs, and hands out the first job of each lane that is free. A lane is free if no job of it
 * is handed out or waits for another attempt.
 */
export interface JobStore {
  readonly deadLetters: LetterStore;
  /** Connects, and creates what is missing. Does nothing if it is connected. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Calls `wake` when another process may have stored something. */
  watch(wake: () => void): Promise<void>;
  /**
   * Stores jobs, in this order. Either all are stored when it resolves, except duplicates, or none.
   *
   * @returns the ids of the jobs that are no duplicates
   * @throws {OutcomeUnknownError} if they may be stored or not
   */
  insert(jobs: readonly NewJob[]): Promise<ReadonlySet<string>>;
  /** Which of these jobs were stored. */
  findStored(jobs: readonly NewJob[]): Promise<ReadonlySet<string>>;
  /** Hands out at most `count` jobs, none of them of these instances. */
  claim(count: number, except?: readonly string[]): Promise<readonly ClaimedJob[]>;
  /** What is known of earlier attempts, by the ids of the jobs. */
  historiesOf(claims: readonly Claim[]): Promise<ReadonlyMap<string, JobHistory>>;
  /**
   * Ends claims.
   *
   * @returns the ids of the jobs whose claims still existed
   */
  settle(settlements: readonly Settlement[]): Promise<ReadonlySet<string>>;
  /**
   * Renews claims.
   *
   * @returns the ids of the jobs whose claims still exist
   */
  renew(claims: readonly Claim[]): Promise<ReadonlySet<string>>;
  /**
   * Ends the claims that were not renewed for `leaseMs`, so that their jobs are handed out again.
   *
   * @param asOfMs the time of the store's clock from which to count back. Default: now
   * @returns how many
   */
  takeOver(leaseMs: number, asOfMs?: number): Promise<number>;
  /** The clock of the store, in milliseconds. */
  clockMs(): Promise<number>;
  /** Records that a handler has succeeded. */
  succeeded(claim: Claim, handler: string): Promise<void>;
  /** Records the result of work that a handler must not do again. The last one with a name counts. */
  remember(claim: Claim, remembered: RememberedResult): Promise<void>;
  /**
   * Runs `work` and records that a handler has succeeded, in one transaction. Rolls back if `signal`
   * fires before `work` has ended.
   *
   * @throws {ClaimLostError} if the claim has ended; nothing is committed then
   */
  transaction<T>(
    claim: Claim,
    handler: string,
    work: (transaction: unknown) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
  /** Whether a handler has recorded a success that was committed. */
  hasSucceeded(claim: Claim, handler: string): Promise<boolean>;
  /** Of each instance for which jobs wait, longest first. */
  backlog(): Promise<readonly Backlog[]>;
  /**
   * Deletes the jobs of an instance that are not handed out.
   *
   * @returns how many
   */
  discard(idInstance: string): Promise<number>;
  blockedLanes(): Promise<readonly BlockedLane[]>;
}

/** Dead letters in the same store. */
export interface LetterStore extends DeadLetterStore {
  readonly iterate: NonNullable<DeadLetterStore['iterate']>;
  readonly transaction: NonNullable<DeadLetterStore['transaction']>;
  /** Replaces those of the letters that are still there. */
  replace(letters: Parameters<DeadLetterStore['put']>[0]): Promise<void>;
  /**
   * Stores letters and ends the claim of their job, in one transaction.
   *
   * @throws {ClaimLostError} if the claim has ended; nothing is stored then
   */
  putAndSettle(letters: Parameters<DeadLetterStore['put']>[0], claim: Claim): Promise<void>;
}
