import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

import { type Dispatcher, FormData } from 'undici/index.js';

import { Cancellation } from '../common/cancellation.js';
import { printable } from '../common/printable.js';
import type { Connections } from './connections.js';
import { download, type DownloadableFile, type DownloadOptions } from './download/download.js';
import { DeadlineExceededError } from '../common/waits.js';
import { detailOfBody, errorOfAnswer } from './error-of-answer.js';
import { AnswerTooLargeError, GreenApiNetworkError } from './green-api.errors.js';
import { ANSWER_LIMIT_BYTES } from './green-api.limits.js';
import type { InstanceCredentials } from './green-api.types.js';
import { type HttpAnswer, HttpExchange, isSuccess } from './http-exchange.js';
import { redact } from './redact.js';

/** One call of a GREEN-API method. */
export interface GreenApiCall {
  /** The GREEN-API method, such as `receiveNotification`. */
  readonly method: string;
  readonly httpMethod: 'GET' | 'POST' | 'DELETE';
  /** The part of the path behind the token, encoded, such as the receipt of `deleteNotification`. */
  readonly pathParameter?: string | undefined;
  /** Encoded, without the question mark. */
  readonly query?: string | undefined;
  /** Sent as JSON, or a `FormData` as multipart to the host for uploads. */
  readonly body?: unknown;
  /** After this time, in milliseconds, the call fails with a `GreenApiNetworkError`; default: 10 s. */
  readonly deadlineMs?: number | undefined;
  /** The largest answer that is read; by default 8 MiB. */
  readonly answerLimitBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Like `signal`, for calls of this package. */
  readonly cancellation?: Cancellation | undefined;
  /** The connection to use, from `open`. Default: the shared ones. */
  readonly over?: Dispatcher | undefined;
  /** Called with the headers of the answer, whatever its status. */
  readonly heard?: (headers: IncomingHttpHeaders) => void;
}

/** How long GREEN-API may take to answer. */
export const ANSWER_DEADLINE_MS = 10_000;

/** The next request need not wait for the answer to this one. */
const PIPELINED = { blocking: false, idempotent: true };

const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * Sends the calls of one instance: builds the URL, makes the request, turns failures into errors.
 */
export class GreenApiConnection {
  readonly #credentials: InstanceCredentials;
  readonly #connections: Connections;
  #target: Target | undefined;
  #mediaTarget: Target | undefined;

  constructor(credentials: InstanceCredentials, connections: Connections) {
    this.#credentials = credentials;
    this.#connections = connections;
  }

  /** Opens a connection for calls with `over`. */
  open(): Dispatcher {
    this.#target ??= targetOf(this.#credentials);
    return this.#connections.open(this.#target.origin);
  }

  /**
   * Resolves to the body of an answer with status 200 or 204. Rejects with a `GreenApiError`, or
   * with the reason of `call.signal` or `call.cancellation` if that came first.
   */
  send(call: GreenApiCall): Promise<string> {
    const { signal, cancellation = new Cancellation() } = call;
    return signal ? this.#sendUntil(call, signal) : this.#exchange(call, cancellation);
  }

  async #sendUntil(call: GreenApiCall, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const cancellation = new Cancellation();
    const abort = () => cancellation.abort(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      return await this.#exchange(call, cancellation);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** A file as a stream, from a URL that may come from outside. */
  download(file: DownloadableFile | undefined, options: DownloadOptions): Promise<Readable> {
    return download(this.#connections, this.#credentials.apiUrl, file, options);
  }

  /** `text` without this instance's token. */
  redact(text: string): string {
    return redact(text, this.#credentials.apiTokenInstance);
  }

  async #exchange(call: GreenApiCall, cancellation: Cancellation): Promise<string> {
    const { deadlineMs = ANSWER_DEADLINE_MS } = call;
    const exchange = new HttpExchange(limitOf(call), deadlineMs, this.#connections.deadlines);
    cancellation.add(exchange);
    if (!cancellation.isAborted) this.#dispatch(call, exchange);
    let answer: HttpAnswer;
    try {
      answer = await exchange.answer;
    } catch (error) {
      throw cancellation.isAborted
        ? cancellation.signal.reason
        : new GreenApiNetworkError(
            {
              method: call.method,
              idInstance: this.#credentials.idInstance,
              detail: printable(this.redact(textOf(error)), 300),
            },
            reasonOf(error),
          );
    } finally {
      cancellation.remove(exchange);
    }
    call.heard?.(answer.headers);
    return this.#textOf(call, answer);
  }

  #textOf(call: GreenApiCall, { statusCode, headers, text, isWhole }: HttpAnswer): string {
    const { idInstance, apiTokenInstance } = this.#credentials;
    if (isSuccess(statusCode)) {
      if (isWhole) return text;
      const detail = `more than ${limitOf(call)} bytes`;
      const failure = { method: call.method, idInstance, status: statusCode, detail };
      throw new AnswerTooLargeError(failure, text);
    }
    const detail = detailOfBody(text, apiTokenInstance);
    throw errorOfAnswer(
      { method: call.method, idInstance, status: statusCode, ...(detail && { detail }) },
      text,
      headers['retry-after'],
    );
  }

  #dispatch(call: GreenApiCall, exchange: HttpExchange): void {
    try {
      const { over = this.#connections.shared } = call;
      over.dispatch(this.#requestOf(call), exchange);
    } catch (error) {
      exchange.abort(error);
    }
  }

  #requestOf(call: GreenApiCall): Dispatcher.DispatchOptions {
    const { origin, beforeMethod, behindMethod } = this.#targetOf(call);
    const parameter = call.pathParameter === undefined ? '' : `/${call.pathParameter}`;
    const query = call.query === undefined ? '' : `?${call.query}`;
    const request = {
      origin,
      path: `${beforeMethod}${call.method}${behindMethod}${parameter}${query}`,
      method: call.httpMethod,
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(call.over && PIPELINED),
    };
    if (call.body === undefined) return request;
    if (call.body instanceof FormData) return { ...request, body: call.body };
    const body = JSON.stringify(call.body);
    return { ...request, body, headers: { 'content-type': JSON_CONTENT_TYPE } };
  }

  #targetOf({ body }: GreenApiCall): Target {
    if (body instanceof FormData) {
      const { apiUrl, mediaUrl = mediaUrlOf(apiUrl) } = this.#credentials;
      return (this.#mediaTarget ??= targetOf({ ...this.#credentials, apiUrl: mediaUrl }));
    }
    return (this.#target ??= targetOf(this.#credentials));
  }

  /** What an answer with status 200 says is wrong, as a short line without the token. */
  detailOf(text: string): string | undefined {
    return detailOfBody(text, this.#credentials.apiTokenInstance);
  }
}

/** Where the calls of an instance go: the URL without the name of the method. */
interface Target {
  readonly origin: string;
  readonly beforeMethod: string;
  readonly behindMethod: string;
}

function targetOf({ apiUrl, idInstance, apiTokenInstance }: InstanceCredentials): Target {
  const { origin, pathname } = new URL(apiUrl);
  return {
    origin,
    beforeMethod: `${pathname.replace(/\/+$/, '')}/waInstance${encodeURIComponent(idInstance)}/`,
    behindMethod: `/${encodeURIComponent(apiTokenInstance)}`,
  };
}

/** The hosts of GREEN-API, such as `api.green-api.com` and `7103.api.greenapi.com`. */
const API_HOST = /^((?:\d+\.)?)api(\.green-?api\.com)$/;

/**
 * The media host that belongs to an API host of GREEN-API. Any other host, such as that of a proxy or
 * the emulator, takes uploads itself.
 */
export function mediaUrlOf(apiUrl: string): string {
  const url = new URL(apiUrl);
  url.hostname = url.hostname.replace(API_HOST, '$1media$2');
  return url.href;
}

function limitOf({ answerLimitBytes = ANSWER_LIMIT_BYTES }: GreenApiCall): number {
  return answerLimitBytes;
}

/** What undici and Node call it if the other side closes a connection. */
const CLOSED: ReadonlySet<unknown> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function reasonOf(error: unknown): GreenApiNetworkError['reason'] {
  if (error instanceof DeadlineExceededError) return 'time-out';
  return CLOSED.has((error as { readonly code?: unknown }).code) ? 'closed' : 'other';
}

/**
 * The text of a network error. Many have it in `code`, and some in `cause` with an empty `message`.
 */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const text = error.message || (inner === undefined ? '' : textOf(inner));
  return [code, text].filter(Boolean).join(' ') || error.name;
}
