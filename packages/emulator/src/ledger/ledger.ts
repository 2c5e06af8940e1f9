import type { PublishedEntry } from './published.entry.js';

/** What an instance published and what became of it, in the order of publishing. */
export class Ledger {
  private readonly all: PublishedEntry[] = [];

  get entries(): readonly PublishedEntry[] {
    return this.all;
  }

  /** Given to a consumer at least once. */
  get handedOut(): PublishedEntry[] {
    return this.all.filter((entry) => entry.handOuts.length > 0);
  }

  /** Given to a consumer more than once. */
  get redelivered(): PublishedEntry[] {
    return this.all.filter((entry) => entry.handOuts.length > 1);
  }

  /** Acknowledged by a consumer. */
  get deleted(): PublishedEntry[] {
    return this.all.filter((entry) => entry.state === 'deleted');
  }

  /** Never acknowledged by a consumer: still queued, expired or cleared. */
  get undeleted(): PublishedEntry[] {
    return this.all.filter((entry) => entry.state !== 'deleted');
  }

  /** Dropped by age. */
  get expired(): PublishedEntry[] {
    return this.all.filter((entry) => entry.state === 'expired');
  }

  /** Dropped by `clearWebhooksQueue`. */
  get cleared(): PublishedEntry[] {
    return this.all.filter((entry) => entry.state === 'cleared');
  }

  /** @internal */
  add(entry: PublishedEntry): void {
    this.all.push(entry);
  }
}
