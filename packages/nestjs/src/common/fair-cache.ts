interface Group<V> {
  readonly entries: Map<string, V>;
  /**
   * Goes from the oldest key to the youngest. It is kept, because a map does not forget the places
   * of deleted keys at once, and a new iterator would pass over all of them.
   */
  oldest: Iterator<string, undefined>;
}

/**
 * Remembers values by key, in groups, up to a number of entries. When it is full, the oldest entry
 * of the largest group goes. So one group, however many entries it adds, cannot push out the entries
 * of another one that has fewer.
 */
export class FairCache<V> {
  private readonly groups = new Map<string, Group<V>>();
  private count = 0;

  /** @param most how many entries it holds at most */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.count;
  }

  get(group: string, key: string): V | undefined {
    return this.groups.get(group)?.entries.get(key);
  }

  /** Adds or replaces an entry. It becomes the youngest of its group. */
  set(group: string, key: string, value: V): void {
    const { entries } = this.groupOf(group);
    const before = entries.size;
    entries.set(key, value);
    if (entries.size > before) {
      this.count += 1;
      if (this.count > this.most) this.makeRoom(group);
    } else {
      entries.delete(key);
      entries.set(key, value);
    }
  }

  delete(group: string, key: string): void {
    const { entries } = this.groups.get(group) ?? {};
    if (!entries?.delete(key)) return;
    this.count -= 1;
    if (entries.size === 0) this.groups.delete(group);
  }

  private groupOf(name: string): Group<V> {
    const known = this.groups.get(name);
    if (known) return known;
    const entries = new Map<string, V>();
    const group = { entries, oldest: entries.keys() };
    this.groups.set(name, group);
    return group;
  }

  /** A group that has more than its share pays for its own entry, without a look at the others. */
  private makeRoom(name: string): void {
    const own = this.groups.get(name)!.entries.size;
    const hasShare = own > 1 && own > Math.floor(this.most / this.groups.size);
    this.deleteOldest(hasShare ? name : this.largestGroup());
  }

  private deleteOldest(name: string): void {
    const group = this.groups.get(name);
    if (!group) return;
    const next = group.oldest.next();
    // An iterator that has come to an end does not see what was added after that.
    if (next.done) group.oldest = group.entries.keys();
    const key = next.value ?? group.oldest.next().value;
    if (key !== undefined) this.delete(name, key);
  }

  private largestGroup(): string {
    let largest = '';
    let most = 0;
    for (const [name, { entries }] of this.groups) {
      if (entries.size > most) [largest, most] = [name, entries.size];
    }
    return largest;
  }
}
