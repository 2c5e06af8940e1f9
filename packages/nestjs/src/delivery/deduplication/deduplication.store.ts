import { LRUCache } from 'lru-cache';

/**
 * Remembers which notifications are done with. Any Keyv instance fits, for several processes.
 * Both methods may return promises.
 */
export interface DeduplicationStore {
  get(key: string): unknown;
  /** @param ttlMs how long it is to be remembered, in milliseconds */
  set(key: string, value: boolean, ttlMs: number): unknown;
}

/** For one process: bounded in size, without a timer for each entry. */
export class InMemoryDeduplicationStore implements DeduplicationStore {
  private readonly seen: LRUCache<string, boolean>;

  /** @param most how many notifications are remembered */
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
