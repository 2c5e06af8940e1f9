import { Readable } from 'node:stream';
import { Agent, request } from 'undici';

import type { Clock } from '../clock/clock.js';
import type { HandOut } from '../ledger/published.entry.js';
import { LinkedAbort } from '../support/linked-abort.js';

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

/**
 * POSTs one body and returns the status or the failure. It follows no redirects and never throws.
 */
export class WebhookClient {
  private readonly agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

  constructor(private readonly clock: Clock) {}

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
    } catch {
      return { failure: failureOf(post, timeout.signal) };
    } finally {
      timer.cancel();
      cut.release();
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

function failureOf(post: WebhookPost, timeout: AbortSignal): NonNullable<Outcome['failure']> {
  if (post.closing.aborted) return 'closed';
  if (post.hangUp?.aborted) return 'hung-up';
  return timeout.aborted ? 'timeout' : 'connection';
}
