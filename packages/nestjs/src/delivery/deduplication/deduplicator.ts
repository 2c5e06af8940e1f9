import { isPromiseLike } from '../../common/promise-like.js';
import { orAborted, withDeadline } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import { readThrown } from '../../common/thrown.js';
import { REMEMBERED_MS } from '../../gateway/green-api.limits.js';
import { idMessageOf } from '../../notification/notification.accessors.js';
import type { Delivery } from '../delivery.js';
import { type DeduplicationStore, InMemoryDeduplicationStore } from './deduplication.store.js';

/**
 * For kinds without an id. A notification that GREEN-API has not confirmed as deleted arrives again
 * within this time. A later one with an equal body is a different notification.
 */
const WITHOUT_ID_REMEMBERED_MS = 10 * 60 * 1000;
/** A store that takes longer to answer counts as failed. */
const LONGEST_ANSWER_MS = 2000;
const PREFIX = 'green-notifications:';

/**
 * Knows which notifications are done. If its store fails, a notification may be handled twice, but
 * nothing stops.
 */
export class Deduplicator {
  private readonly logger = new SafeLogger('GreenNotifications');

  /** Other applications may use the same store, but none the one in memory. */
  private readonly prefix: string;

  constructor(private readonly store: DeduplicationStore | undefined) {
    this.prefix = store instanceof InMemoryDeduplicationStore ? '' : PREFIX;
  }

  /** Returns a promise only if the store does. */
  isDone(key: string): boolean | Promise<boolean> {
    try {
      const answer = this.store?.get(this.prefix + key);
      if (!isPromiseLike(answer)) return answer === true;
      return inTime(answer).then(
        (value) => value === true,
        (error: unknown) => this.cannotRead(error),
      );
    } catch (error) {
      return this.cannotRead(error);
    }
  }

  /** Returns a promise only if the store does. */
  markDone({ key, notification }: Delivery): void | Promise<void> {
    const hasId = idMessageOf(notification) !== undefined;
    return this.write(key, true, hasId ? REMEMBERED_MS : WITHOUT_ID_REMEMBERED_MS);
  }

  /** Returns a promise only if the store does. */
  forget(key: string): void | Promise<void> {
    return this.write(key, false, WITHOUT_ID_REMEMBERED_MS);
  }

  private write(key: string, isDone: boolean, ttlMs: number): void | Promise<void> {
    try {
      const answer = this.store?.set(this.prefix + key, isDone, ttlMs);
      if (!isPromiseLike(answer)) return undefined;
      return inTime(answer).then(
        () => undefined,
        (error: unknown) => this.cannotWrite(error),
      );
    } catch (error) {
      return this.cannotWrite(error);
    }
  }

  private cannotRead(error: unknown): false {
    this.logger.warn(
      'The deduplication store cannot be read, so a notification may be handled twice; check the ' +
        `store: ${readThrown(error).message}`,
    );
    return false;
  }

  private cannotWrite(error: unknown): void {
    this.logger.warn(
      `The deduplication store cannot be written; check the store: ${readThrown(error).message}`,
    );
  }
}

function inTime(answer: PromiseLike<unknown>): Promise<unknown> {
  return withDeadline(LONGEST_ANSWER_MS, undefined, (signal) =>
    orAborted(Promise.resolve(answer), signal),
  );
}
