import type { UnhandledLetter } from './dead-letter.js';

/** Options of `deadLetters.redriveAll`. */
export interface RedriveAllOptions {
  /**
   * Which letters: `({ handler }) => handler === 'Orders.onText'`. Bodies that could not be read are
   * never among them.
   *
   * @default all
   */
  readonly where?: (letter: UnhandledLetter) => boolean;
  /** Another handler to run instead of the one that gave up, as in `redrive`. */
  readonly handler?: string;
  /**
   * How many chats at the same time.
   *
   * @default 10
   */
  readonly concurrency?: number;
  /**
   * Begins no other letter when it fires. Handlers that run may finish, and a letter that waits for
   * its next attempt stays.
   */
  readonly signal?: AbortSignal;
}

/** A letter that stays because it could not be redriven. */
export interface FailedRedrive {
  readonly letterId: string;
  /** The error with which the handler gave up again, or why it did not run. */
  readonly reason: string;
}

/** What became of the letters of `deadLetters.redriveAll`. */
export interface RedriveReport {
  /** How many letters there were. It is the sum of what follows. */
  readonly total: number;
  /** How many were handled and discarded. */
  readonly handled: number;
  /** Those that failed again: at most one for each chat. */
  readonly failed: readonly FailedRedrive[];
  /** How many stay, and did not run, because an earlier one of their chat failed. */
  readonly skipped: number;
  /** How many were redriven or discarded by somebody else meanwhile. */
  readonly gone: number;
  /** How many stay because receiving stopped, or the signal fired, before they were handled. */
  readonly left: number;
}
