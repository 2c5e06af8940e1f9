import { FairCache } from '../../common/fair-cache.js';
import { instanceOfKey } from '../../notification/notification-key.js';

/**
 * Remembers which notifications are done: acknowledged after they were handled or stored as dead
 * letters. For several processes, use a Keyv instance.
 *
 * Both methods may return promises. A promise that takes longer than 2 seconds counts as failed. If
 * a call fails, a warning is logged and receiving goes on; a notification may then be handled
 * twice.
 */
export interface DeduplicationStore {
  /**
   * Must return, or resolve to, exactly `true` if `true` was set for this key. Every other value
   * means: not handled yet.
   */
  get(key: string): unknown;
  /**
   * @param value `true`: the notification is done. `false`: forget it, because the next one with
   * this key may be another notification
   * @param ttlMs how long to remember the value, in milliseconds
   */
  set(key: string, value: boolean, ttlMs: number): unknown;
}

/**
 * For one process. Its size is bounded, and it needs no timer for each entry. When it is full, it
 * forgets the oldest notification of the instance that has the most.
 */
export class InMemoryDeduplicationStore implements DeduplicationStore {
  /** By key, until when it is remembered: monotonic time in whole seconds. */
  private readonly done: FairCache<number>;

  /** @param most how many notifications it remembers at most. Default: 100,000 */
  constructor(most = 100_000) {
    this.done = new FairCache(most);
  }

  get(key: string): boolean {
    const untilSeconds = this.done.get(instanceOfKey(key), key) ?? 0;
    return performance.now() < untilSeconds * 1000;
  }

  set(key: string, value: boolean, ttlMs: number): void {
    const instance = instanceOfKey(key);
    if (value) this.done.set(instance, key, Math.ceil((performance.now() + ttlMs) / 1000));
    else this.done.delete(instance, key);
  }
}
