import type { DeadLetter } from './dead-letter.js';

/**
 * Keeps dead letters.
 *
 * For implementers: a notification is acknowledged, and so deleted at GREEN-API, as soon as the
 * `put` of its letters has resolved. Nobody else has it then. So `put`
 *
 * - resolves only when the letters survive a crash of the process, and of the machine if you can;
 * - keeps all of the letters or none: when it rejects the notification comes again, and a letter
 *   that stayed would be redriven besides;
 * - replaces a letter with the same id, since the same notification can be given up on again.
 *
 * A `put` that takes longer than 30 seconds counts as one that failed. Calls may overlap.
 */
export interface DeadLetterStore {
  /** Keeps all of the letters or none; safe when it resolves; replaces those with the same ids. */
  put(letters: readonly DeadLetter[]): Promise<void>;
  get(id: string): Promise<DeadLetter | undefined>;
  /** All letters, oldest first; one that was replaced keeps its place. */
  list(): Promise<readonly DeadLetter[]>;
  /** Forgets a letter; resolves to false if there is none. */
  discard(id: string): Promise<boolean>;
  /** Rejects if the store cannot be used; called once at the start, so let it be quick. */
  check?(): Promise<void>;
  /** Releases what the store holds open; it is not used afterwards. */
  close?(): Promise<void>;
}
