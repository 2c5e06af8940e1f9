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
   * @param delivery the delivery whose handlers gave up; missing for a body that cannot be read
   */
  put(letters: readonly DeadLetter[], delivery?: Delivery): Promise<void>;
  /** Resolves to undefined if there is no such letter. */
  get(id: string): Promise<DeadLetter | undefined>;
  /** All letters, oldest first. A letter that was replaced keeps its place. */
  list(): Promise<readonly DeadLetter[]>;
  /** Deletes a letter. Resolves to false if there is no such letter. */
  discard(id: string): Promise<boolean>;
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
