import { orAborted, withDeadline } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import { readThrown } from '../../common/thrown.js';
import { REMEMBERED_MS } from '../../gateway/green-api.limits.js';
import { idMessageOf } from '../../notification/notification.accessors.js';
import type { Delivery } from '../delivery.js';
import type { DeduplicationStore } from './deduplication.store.js';

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

  constructor(private readonly store: DeduplicationStore | undefined) {}

  async isDone(key: string): Promise<boolean> {
    try {
      return (await this.inTime(this.store?.get(PREFIX + key))) === true;
    } catch (error) {
      this.logger.warn(
        'The deduplication store cannot be read, so a notification may be handled twice; check the ' +
          `store: ${readThrown(error).message}`,
      );
      return false;
    }
  }

  async markDone({ key, notification }: Delivery): Promise<void> {
    const hasId = idMessageOf(notification) !== undefined;
    await this.write(key, true, hasId ? REMEMBERED_MS : WITHOUT_ID_REMEMBERED_MS);
  }

  async forget(key: string): Promise<void> {
    await this.write(key, false, WITHOUT_ID_REMEMBERED_MS);
  }

  private async write(key: string, isDone: boolean, ttlMs: number): Promise<void> {
    try {
      await this.inTime(this.store?.set(PREFIX + key, isDone, ttlMs));
    } catch (error) {
      this.logger.warn(
        `The deduplication store cannot be written; check the store: ${readThrown(error).message}`,
      );
    }
  }

  private inTime(answer: unknown): Promise<unknown> {
    return withDeadline(LONGEST_ANSWER_MS, undefined, (signal) =>
      orAborted(Promise.resolve(answer), signal),
    );
  }
}
