import { LRUCache } from 'lru-cache';

import type { DeduplicationStore } from './deduplication.store.js';

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
