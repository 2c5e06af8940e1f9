import type { PublishedEntry } from './published.entry.js';

/** The published notifications of an instance and what happened to each, in order of publishing. */
export class Ledger {
  private readonly all: PublishedEntry[] = [];

  get entries(): readonly PublishedEntry[] {
    return this.all;
  }

  /** Delivered to a consumer at least once. */
  get handedOut(): PublishedEntry[] {
    return this.all.filter((entry) => entry.handOuts.length > 0);
  }

  /** Delivered to a consumer more than once. */
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

  /** Dropped because they were too old. */
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
