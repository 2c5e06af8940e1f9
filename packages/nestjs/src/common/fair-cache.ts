interface Entry<V> {
  readonly value: V;
  readonly expiresAtMs: number;
}

/**
 * Remembers values by key, in groups, up to a number of entries. When it is full, the oldest entry
 * of the largest group goes. So one group, however many entries it adds, cannot push out the entries
 * of another one that has fewer.
 */
export class FairCache<V> {
  private readonly groups = new Map<string, Map<string, Entry<V>>>();
  private count = 0;

  /** @param most how many entries it holds at most */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.count;
  }

  get(group: string, key: string): V | undefined {
    const entry = this.groups.get(group)?.get(key);
    if (!entry) return undefined;
    if (entry.expiresAtMs > performance.now()) return entry.value;
    this.delete(group, key);
    return undefined;
  }

  /** Adds or replaces an entry. It becomes the youngest of its group. */
  set(group: string, key: string, value: V, ttlMs: number): void {
    this.delete(group, key);
    if (this.count >= this.most) this.removeOldest(group);
    const entries = this.groups.get(group) ?? new Map<string, Entry<V>>();
    this.groups.set(group, entries);
    entries.set(key, { value, expiresAtMs: performance.now() + ttlMs });
    this.count += 1;
  }

  delete(group: string, key: string): void {
    const entries = this.groups.get(group);
    if (!entries?.delete(key)) return;
    this.count -= 1;
    if (entries.size === 0) this.groups.delete(group);
  }

  /** A group that has more than its share pays for its own entry, without a look at the others. */
  private removeOldest(group: string): void {
    const own = this.groups.get(group)?.size ?? 0;
    const isOverShare = own > this.most / this.groups.size;
    const name = isOverShare ? group : this.largestGroup();
    const [oldest] = this.groups.get(name)?.keys() ?? [];
    if (oldest !== undefined) this.delete(name, oldest);
  }

  private largestGroup(): string {
    let largest = '';
    let most = 0;
    for (const [name, { size }] of this.groups) {
      if (size > most) [largest, most] = [name, size];
    }
    return largest;
  }
}
