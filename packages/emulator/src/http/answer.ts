import type { PublishedEntry } from '../ledger/published.entry.js';

/** An HTTP answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The notification it carries. */
  readonly handsOut?: PublishedEntry;
}
