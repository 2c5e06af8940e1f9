import type { IncomingHttpHeaders } from 'node:http';

import type { Dispatcher } from 'undici';

import { BoundedBuffer } from '../common/bounded-buffer.js';
import type { Abortable } from '../common/cancellation.js';
import type { Deadline, Deadlines, Expiring } from '../common/deadlines.js';
import { DeadlineExceededError } from '../common/waits.js';

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  /** The whole body, or its beginning. */
  readonly text: string;
  readonly isWhole: boolean;
}

/** How much of a body is kept if it is an error, or larger than the limit. */
const BEGINNING_BYTES = 64 * 1024;

/**
 * One HTTP request and its answer. undici calls the `on…` methods.
 *
 * `undici.request` is not used: it makes a stream of each answer, and needs an `AbortController` for
 * each deadline. Together they cost more than the rest of a call.
 */
export class HttpExchange implements Dispatcher.DispatchHandler, Abortable, Expiring {
  readonly answer: Promise<HttpAnswer>;
  private readonly resolve: (answer: HttpAnswer) => void;
  private readonly reject: (reason: unknown) => void;
  private readonly deadline: Deadline;
  /** It leads to the request, which contains the token. */
  #controller: Dispatcher.DispatchController | undefined;
  private isSettled = false;
  private statusCode = 0;
  private headers: IncomingHttpHeaders = {};
  /** Most bodies arrive as one chunk, which is not copied. */
  private onlyChunk: Buffer | undefined;
  private chunks: BoundedBuffer | undefined;

  /**
   * @param answerLimitBytes the largest body that is read
   * @param deadlineMs after this time without a whole answer, in milliseconds, the exchange fails
   */
  constructor(
    private readonly answerLimitBytes: number,
    private readonly deadlineMs: number,
    private readonly deadlines: Deadlines,
  ) {
    let settle!: [typeof this.resolve, typeof this.reject];
    this.answer = new Promise((resolve, reject) => (settle = [resolve, reject]));
    [this.resolve, this.reject] = settle;
    this.deadline = deadlines.add(deadlineMs, this);
  }

  expire(): void {
    this.abort(new DeadlineExceededError(this.deadlineMs));
  }

  /** Ends the exchange: `answer` rejects with `reason`, unless it is there already. */
  abort(reason: unknown): void {
    if (!this.settle()) return;
    this.reject(reason);
    this.end();
  }

  /** Called again if undici repeats the request over another connection. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.onlyChunk = undefined;
    this.chunks = undefined;
    if (this.isSettled) this.end();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.statusCode = statusCode;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isSettled) return;
    const { mostBytes } = this;
    if (!this.onlyChunk && !this.chunks && chunk.length <= mostBytes) {
      this.onlyChunk = chunk;
      return;
    }
    this.chunks ??= new BoundedBuffer(mostBytes);
    if (this.onlyChunk) this.chunks.add(this.onlyChunk);
    this.onlyChunk = undefined;
    if (this.chunks.add(chunk)) return;
    this.chunks.add(chunk.subarray(0, mostBytes - this.chunks.bytes.length));
    this.finish(this.chunks.bytes.subarray(0, BEGINNING_BYTES), false);
    this.end();
  }

  onResponseEnd(): void {
    this.finish(this.onlyChunk ?? this.chunks?.bytes, true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.settle()) this.reject(error);
  }

  private get mostBytes(): number {
    return isSuccess(this.statusCode) ? this.answerLimitBytes : BEGINNING_BYTES;
  }

  private finish(body: Buffer | undefined, isWhole: boolean): void {
    if (!this.settle()) return;
    const { statusCode, headers } = this;
    this.resolve({ statusCode, headers, text: body?.toString('utf8') ?? '', isWhole });
  }

  /** Returns false if it was settled before. */
  private settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.deadlines.remove(this.deadline);
    return true;
  }

  /** Ends the connection, if the request was sent and is not answered. */
  private end(): void {
    this.#controller?.abort(new Error('the answer is no longer awaited'));
  }
}

export function isSuccess(statusCode: number): boolean {
  return statusCode === 200 || statusCode === 204;
}
