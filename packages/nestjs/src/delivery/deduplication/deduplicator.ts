import { orAborted, withDeadline } from '../../common/waits.js';
import { SafeLogger } from '../../common/safe.logger.js';
import { readThrown } from '../../common/thrown.js';
import { idMessageOf } from '../../notification/notification.accessors.js';
import type { Delivery } from '../delivery.js';
import type { DeduplicationStore } from './deduplication.store.js';

/** GREEN-API keeps a notification for 24 h, and may send it again as long. */
const REMEMBERED_MS = 25 * 60 * 60 * 1000;
/** Long enough for one that was not confirmed gone to come again; later ones only look the same. */
const WITHOUT_ID_REMEMBERED_MS = 10 * 60 * 1000;
/** A store that takes longer counts as one that fails. */
const LONGEST_ANSWER_MS = 2000;
const PREFIX = 'green-notifications:';

/**
 * Knows the notifications that are done with. A store that fails makes duplicates possible, and
 * stops nothing.
 */
export class Deduplicator {
  private readonly logger = new SafeLogger('GreenNotifications');

  constructor(private readonly store: DeduplicationStore | undefined) {}

  async isDone(key: string): Promise<boolean> {
    try {
      return (await this.inTime(this.store?.get(PREFIX + key))) === true;
    } catch (error) {
      this.logger.warn(`The deduplication store cannot be read: ${readThrown(error).message}`);
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
      this.logger.warn(`The deduplication store cannot be written: ${readThrown(error).message}`);
    }
  }

  private inTime(answer: unknown): Promise<unknown> {
    return withDeadline(LONGEST_ANSWER_MS, undefined, (signal) =>
      orAborted(Promise.resolve(answer), signal),
    );
  }
}
