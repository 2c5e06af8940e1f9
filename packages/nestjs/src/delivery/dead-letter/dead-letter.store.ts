import type { Delivery } from '../delivery.js';
import type { DeadLetter } from './dead-letter.js';

/**
 * Stores dead letters.
 *
 * For implementers: as soon as the `put` of its letters resolves, a notification is acknowledged,
 * and GREEN-API deletes it. From then on, it exists only in the store. So `put`
 *
 * - resolves only when the letters survive a crash of the process, and if possible of the machine;
 * - stores all of the letters or none. If `put` rejects, the notification comes again. A letter
 *   stored anyway would be handled a second time when it is redriven;
 * - replaces a letter with the same id, because a handler can give up on the same notification
 *   again.
 *
 * A `put` that takes longer than 30 seconds counts as failed. Calls may overlap.
 */
export interface DeadLetterStore {
  /**
   * Stores all of the letters or none. They are safe when it resolves. Replaces letters by id.
   *
   * @param delivery the delivery whose handlers gave up; missing for a body that cannot be read. With
   * `redriveOf`, it is the redrive of this letter: a store that several processes share should write
   * it only if it is still there, because another one may have redriven or discarded it meanwhile
   */
  put(letters: readonly DeadLetter[], delivery?: Delivery): Promise<void>;
  /** Resolves to undefined if there is no such letter. */
  get(id: string): Promise<DeadLetter | undefined>;
  /** All letters, oldest first. A letter that was replaced keeps its place. */
  list(): Promise<readonly DeadLetter[]>;
  /**
   * The letters that are there now, in the order of `list`, a few at a time, so that they do not have
   * to fit into memory. Letters that are put or discarded meanwhile may be among them or not. If it
   * is missing, `list` is called.
   */
  iterate?(): AsyncIterable<DeadLetter>;
  /** Deletes a letter. Resolves to false if there is no such letter. */
  discard(id: string): Promise<boolean>;
  /**
   * Runs `work` in a transaction of the store that also discards the letter: both are committed, or
   * neither. Gives `work` the transaction, and rolls back if `work` rejects, or if `signal` fires
   * before it has ended. If it is missing, the redrive of a handler that uses `ctx.transaction` fails.
   *
   * @returns false if somebody else has discarded the letter meanwhile. Nothing is committed then.
   */
  transaction?(
    id: string,
    work: (transaction: unknown) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<boolean>;
  /**
   * Rejects if the store cannot be used. Called each time receiving starts. It counts as failed
   * after 30 seconds.
   */
  check?(): Promise<void>;
  /**
   * Releases the resources of the store. Called when the application closes or fails to start; the
   * store is not used afterwards.
   */
  close?(): Promise<void>;
}
