/**
 * Remembers which notifications are done with. Any Keyv instance fits, for several processes.
 */
export interface DeduplicationStore {
  get(key: string): Promise<unknown> | unknown;
  /** @param ttlMs how long it is to be remembered, in milliseconds */
  set(key: string, value: true, ttlMs: number): Promise<unknown> | unknown;
}
