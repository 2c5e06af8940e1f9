import type { Socket } from 'node:net';

import type { Clock } from '../clock/clock.js';
import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { HandOut, PublishedEntry } from '../ledger/published.entry.js';
import type { WebhookHeaders } from './webhook.client.js';

/** The parts of one POST that a fault can change. */
export interface PostChanges {
  /**
   * Headers that are added or that replace the usual ones. A list sends the header once for each
   * value.
   */
  headers?: WebhookHeaders;
  /** Ends the request without waiting for the answer when it is aborted. */
  hangUp?: AbortSignal;
  /** The body in pieces; together they must have the length of the body. */
  pieces?: (body: Buffer) => AsyncIterable<Buffer>;
}

/** One attempt to push a notification, as a webhook fault sees it. */
export interface WebhookExchange {
  readonly instance: EmulatedInstance;
  readonly entry: PublishedEntry;
  readonly url: string;
  readonly clock: Clock;
  /** Aborted when the emulator closes or the instance is removed. */
  readonly signal: AbortSignal;
  /** The usual headers of a POST. */
  readonly headers: WebhookHeaders;
  /** Sends the notification once and records the attempt in the ledger. */
  post(changes?: PostChanges): Promise<HandOut>;
  /**
   * Opens a connection to the host of an `http:` URL, for a fault that writes the request itself.
   * If the host is not allowed, the socket fails with an error.
   */
  connect(): Socket;
  /** Records an attempt that the fault made without `post`. */
  record(outcome: Pick<HandOut, 'status' | 'failure'>): HandOut;
}
