/**
 * Remembers which notifications are done with. Any Keyv instance fits, for several processes.
 * Both methods may return promises.
 */
export interface DeduplicationStore {
  get(key: string): unknown;
  /** @param ttlMs how long it is to be remembered, in milliseconds */
  set(key: string, value: boolean, ttlMs: number): unknown;
}
