import type { Dispatcher } from 'undici';

import { BoundedBuffer } from '../common/bounded-buffer.js';
import { printable } from '../common/printable.js';
import { withDeadline } from '../common/waits.js';
import { detailOfBody, errorOfAnswer } from './error-of-answer.js';
import { AnswerTooLargeError, GreenApiNetworkError } from './green-api.errors.js';
import { ANSWER_LIMIT_BYTES } from './green-api.limits.js';
import type { InstanceCredentials } from './green-api.types.js';
import { redact } from './redact.js';

/** One call of a GREEN-API method. */
export interface GreenApiCall {
  /** The GREEN-API method, such as `receiveNotification`. */
  readonly method: string;
  readonly httpMethod: 'GET' | 'POST' | 'DELETE';
  /** The part of the path behind the token, such as the receipt of `deleteNotification`. */
  readonly pathParameter?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** After this time, in milliseconds, the call fails with a `GreenApiNetworkError`. */
  readonly deadlineMs: number;
  /** The largest answer that is read; by default 8 MiB. */
  readonly answerLimitBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How much of an answer is kept if it is an error, or larger than the limit. */
const BEGINNING_BYTES = 64 * 1024;

const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * Sends the calls of one instance: builds the URL, makes the request, turns failures into errors.
 */
export class GreenApiConnection {
  readonly #credentials: InstanceCredentials;
  readonly #dispatcher: Dispatcher;

  constructor(credentials: InstanceCredentials, dispatcher: Dispatcher) {
    this.#credentials = credentials;
    this.#dispatcher = dispatcher;
  }

  /**
   * Resolves to the body of an answer with status 200 or 204. Rejects with a `GreenApiError`, or
   * with the reason of `call.signal` if that fired.
   */
  async send(call: GreenApiCall): Promise<string> {
    const { idInstance, apiTokenInstance } = this.#credentials;
    const { statusCode, headers, text, isWhole } = await this.#exchange(call);
    if (isSuccess(statusCode)) {
      if (isWhole) return text;
      const detail = `more than ${limitOf(call)} bytes`;
      const failure = { method: call.method, idInstance, status: statusCode, detail };
      throw new AnswerTooLargeError(failure, text);
    }
    const detail = detailOfBody(text, apiTokenInstance);
    const retryAfter = headers['retry-after'];
    throw errorOfAnswer(
      { method: call.method, idInstance, status: statusCode, ...(detail && { detail }) },
      text,
      typeof retryAfter === 'string' ? retryAfter : undefined,
    );
  }

  /** `text` without this instance's token. */
  redact(text: string): string {
    return redact(text, this.#credentials.apiTokenInstance);
  }

  async #exchange(call: GreenApiCall) {
    try {
      const url = this.#urlOf(call);
      return await withDeadline(call.deadlineMs, call.signal, async (signal) => {
        const { statusCode, headers, body } = await this.#dispatcher.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: call.httpMethod,
          headersTimeout: 0,
          bodyTimeout: 0,
          signal,
          ...(call.body !== undefined && {
            body: JSON.stringify(call.body),
            headers: { 'content-type': JSON_CONTENT_TYPE },
          }),
        });
        const mostBytes = isSuccess(statusCode) ? limitOf(call) : BEGINNING_BYTES;
        return { statusCode, headers, ...(await readAnswer(body, headers, mostBytes)) };
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      throw new GreenApiNetworkError({
        method: call.method,
        idInstance: this.#credentials.idInstance,
        detail: printable(this.redact(reasonOf(error)), 300),
      });
    }
  }

  #urlOf({ method, pathParameter, query }: GreenApiCall): URL {
    const { apiUrl, idInstance, apiTokenInstance } = this.#credentials;
    const path = [`waInstance${idInstance}`, method, apiTokenInstance, pathParameter]
      .filter((part) => part !== undefined)
      .map(encodeURIComponent)
      .join('/');
    const url = new URL(`${apiUrl.replace(/\/+$/, '')}/${path}`);
    url.search = new URLSearchParams(query).toString();
    return url;
  }
}

interface AnswerText {
  /** The whole answer, or its beginning. */
  readonly text: string;
  readonly isWhole: boolean;
}

function isSuccess(statusCode: number): boolean {
  return statusCode === 200 || statusCode === 204;
}

function limitOf({ answerLimitBytes = ANSWER_LIMIT_BYTES }: GreenApiCall): number {
  return answerLimitBytes;
}

/** Reads at most `mostBytes`. If there are more, it ends the connection and returns the beginning. */
async function readAnswer(
  body: Dispatcher.ResponseData['body'],
  headers: Dispatcher.ResponseData['headers'],
  mostBytes: number,
): Promise<AnswerText> {
  if (Number(headers['content-length'] ?? Infinity) <= mostBytes) {
    return { text: await body.text(), isWhole: true };
  }
  const buffer = new BoundedBuffer(mostBytes);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (!buffer.add(chunk)) {
      buffer.add(chunk.subarray(0, mostBytes - buffer.bytes.length));
      return { text: buffer.bytes.subarray(0, BEGINNING_BYTES).toString('utf8'), isWhole: false };
    }
  }
  return { text: buffer.bytes.toString('utf8'), isWhole: true };
}

/**
 * The reason of a network error. Many have it in `code`, and some in `cause` with an empty
 * `message`.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const text = error.message || (inner === undefined ? '' : reasonOf(inner));
  return [code, text].filter(Boolean).join(' ') || error.name;
}
