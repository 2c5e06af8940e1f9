import { connect, Socket } from 'node:net';
import { Readable } from 'node:stream';
// Bun has a smaller undici of its own under the bare name.
import { Agent, buildConnector, request } from 'undici/index.js';

import type { Clock } from '../clock/clock.js';
import type { HandOut } from '../ledger/published.entry.js';
import { LinkedAbort } from '../support/linked-abort.js';
import { WebhookNotAllowedError, type WebhookTargets } from './webhook.targets.js';

export type WebhookHeaders = Record<string, string | string[]>;

/**
 * The headers of every push. A token that already contains `Basic` or `Bearer` is sent unchanged.
 */
export function webhookHeaders(webhookUrlToken: string): WebhookHeaders {
  const headers: WebhookHeaders = { 'content-type': 'application/json; charset=utf-8' };
  if (webhookUrlToken) headers['authorization'] = authorization(webhookUrlToken);
  return headers;
}

function authorization(token: string): string {
  return /^(Basic|Bearer) /.test(token) ? token : `Bearer ${token}`;
}

export interface WebhookPost {
  readonly url: string;
  readonly headers: WebhookHeaders;
  readonly body: Buffer;
  readonly pieces?: AsyncIterable<Buffer>;
  readonly answerTimeoutMs: number;
  readonly closing: AbortSignal;
  readonly hangUp?: AbortSignal;
}

type Outcome = Pick<HandOut, 'status' | 'failure'>;

/** The connections of the webhook sender. Every one of them goes to an allowed address. */
export class WebhookClient {
  private readonly agent: Agent;

  constructor(
    private readonly clock: Clock,
    private readonly targets: WebhookTargets,
  ) {
    const open = buildConnector({ lookup: targets.lookup });
    this.agent = new Agent({
      headersTimeout: 0,
      bodyTimeout: 0,
      connect(options, callback) {
        const refusal = targets.refusalOf(options.hostname);
        if (refusal) callback(refusal, null);
        else open(options, callback);
      },
    });
  }

  /** POSTs one body and returns the status or the failure. Follows no redirects; never throws. */
  async post(post: WebhookPost): Promise<Outcome> {
    const timeout = new AbortController();
    const cut = new LinkedAbort(
      timeout.signal,
      post.closing,
      ...(post.hangUp ? [post.hangUp] : []),
    );
    const timer = this.clock.setTimeout(() => timeout.abort(), post.answerTimeoutMs);
    try {
      const answer = await request(post.url, {
        method: 'POST',
        headers: { ...post.headers, 'content-length': String(post.body.length) },
        body: post.pieces ? Readable.from(post.pieces) : post.body,
        dispatcher: this.agent,
        signal: cut.signal,
      });
      await answer.body.dump();
      return { status: answer.statusCode };
    } catch (error) {
      return { failure: failureOf(post, timeout.signal, error) };
    } finally {
      timer.cancel();
      cut.release();
    }
  }

  /** Opens a connection to the host of an `http:` URL, for faults that write the request. */
  connect(url: string): Socket {
    const { hostname, port } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const refusal = this.targets.refusalOf(host);
    if (refusal) return new Socket().destroy(refusal);
    return connect({ host, port: Number(port || 80), lookup: this.targets.lookup });
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

type Failure = NonNullable<Outcome['failure']>;

function failureOf(post: WebhookPost, timeout: AbortSignal, error: unknown): Failure {
  if (post.closing.aborted) return 'closed';
  if (post.hangUp?.aborted) return 'hung-up';
  return timeout.aborted ? 'timeout' : failureOfConnection(error);
}

/** The failure of a connection that could not be opened, or that broke. */
export function failureOfConnection(error: unknown): Failure {
  return error instanceof WebhookNotAllowedError ? 'not-allowed' : 'connection';
}
