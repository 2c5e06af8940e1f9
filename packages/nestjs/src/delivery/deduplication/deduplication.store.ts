import { LRUCache } from 'lru-cache';

/**
 * Remembers which notifications are done: acknowledged after they were handled or stored as dead
 * letters. For several processes, use a Keyv instance. Both methods may return promises.
 */
export interface DeduplicationStore {
  get(key: string): unknown;
  /** @param ttlMs how long to remember it, in milliseconds */
  set(key: string, value: boolean, ttlMs: number): unknown;
}

/** For one process. Its size is bounded, and it needs no timer for each entry. */
export class InMemoryDeduplicationStore implements DeduplicationStore {
  private readonly seen: LRUCache<string, boolean>;

  /** @param most how many notifications it remembers at most */
  constructor(most = 100_000) {
    this.seen = new LRUCache({ max: most });
  }

  get(key: string): boolean {
    return this.seen.get(key) ?? false;
  }

  set(key: string, value: boolean, ttlMs: number): void {
    this.seen.set(key, value, { ttl: ttlMs });
  }
}
