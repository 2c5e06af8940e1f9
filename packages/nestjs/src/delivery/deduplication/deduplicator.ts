import { SteadyLogger } from '../../common/steady.logger.js';
import type { DeduplicationStore } from './deduplication.store.js';

/** GREEN-API keeps a notification for 24 h, and may send it again as long. */
const REMEMBERED_MS = 25 * 60 * 60 * 1000;
const PREFIX = 'green-notifications:';

/**
 * Knows the notifications that are done with. A store that fails makes duplicates possible, and
 * stops nothing.
 */
export class Deduplicator {
  private readonly logger = new SteadyLogger('GreenNotifications');

  constructor(private readonly store: DeduplicationStore | undefined) {}

  async isDone(key: string): Promise<boolean> {
    try {
      return (await this.store?.get(PREFIX + key)) === true;
    } catch (error) {
      this.logger.warn(`The deduplication store cannot be read: ${String(error)}`);
      return false;
    }
  }

  async markDone(key: string): Promise<void> {
    try {
      await this.store?.set(PREFIX + key, true, REMEMBERED_MS);
    } catch (error) {
      this.logger.warn(`The deduplication store cannot be written: ${String(error)}`);
    }
  }
}
