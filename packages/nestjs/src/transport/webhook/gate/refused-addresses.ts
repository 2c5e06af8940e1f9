import { LRUCache } from 'lru-cache';

const MOST_ADDRESSES = 10_000;
const INTERVAL_MS = 60_000;
/** GREEN-API posts a refused webhook again after a minute, so it stays far below this. */
const MOST_ANSWERED = 30;

/** Counts refused requests of each address, for a minute. */
export class RefusedAddresses {
  private readonly counts = new LRUCache<string, number>({ max: MOST_ADDRESSES, ttl: INTERVAL_MS });

  /** Adds a refusal. Returns whether the address was refused too often to get an answer. */
  add(address: string | undefined): boolean {
    const key = address ?? '';
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count, { noUpdateTTL: true });
    return count > MOST_ANSWERED;
  }
}
