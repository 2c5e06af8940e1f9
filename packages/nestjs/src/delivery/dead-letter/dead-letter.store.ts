import type { DeadLetter } from './dead-letter.js';

/**
 * Keeps dead letters. The notification is acknowledged only after `put` has resolved, so it must
 * resolve only when the letter is safe.
 */
export interface DeadLetterStore {
  /** Keeps all of these letters or none; each replaces the one with the same id. */
  put(letters: readonly DeadLetter[]): Promise<void>;
  get(id: string): Promise<DeadLetter | undefined>;
  /** All letters, oldest first. */
  list(): Promise<readonly DeadLetter[]>;
  /** Forgets a letter; resolves to false if there is none. */
  discard(id: string): Promise<boolean>;
  /** Rejects if the store cannot be used; asked when receiving starts. */
  check?(): Promise<void>;
  /** Releases what the store holds open; it is not used afterwards. */
  close?(): Promise<void>;
}
