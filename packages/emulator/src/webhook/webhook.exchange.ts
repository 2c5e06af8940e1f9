import type { Clock } from '../clock/clock.js';
import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { HandOut, PublishedEntry } from '../ledger/published.entry.js';
import type { WebhookHeaders } from './webhook.client.js';

/** What a fault may change about one POST. */
export interface PostChanges {
  /** Sent besides the usual ones, or in their place; a list sends the header once for each value. */
  headers?: WebhookHeaders;
  /** Cuts the request off when aborted, before any answer. */
  hangUp?: AbortSignal;
  /** The body as pieces; they must add up to the notification's length. */
  pieces?: (body: Buffer) => AsyncIterable<Buffer>;
}

/** One attempt to push a notification, as a webhook fault sees it. */
export interface WebhookExchange {
  readonly instance: EmulatedInstance;
  readonly entry: PublishedEntry;
  readonly url: string;
  readonly clock: Clock;
  /** Aborted when the emulator closes or the setting changes. */
  readonly signal: AbortSignal;
  /** Headers of an undisturbed POST. */
  readonly headers: WebhookHeaders;
  /** Sends the notification once and records the attempt in the ledger. */
  post(changes?: PostChanges): Promise<HandOut>;
  /** Records an attempt that a fault made by itself. */
  record(outcome: Pick<HandOut, 'status' | 'failure'>): HandOut;
}
