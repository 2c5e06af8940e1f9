import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Clock } from '../clock/clock.js';
import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { RequestRecord } from '../ledger/request.log.js';
import type { Answer } from './answers.js';

export interface ExchangeParts {
  readonly record: RequestRecord;
  readonly instance: EmulatedInstance | undefined;
  readonly path: string;
  readonly clock: Clock;
  readonly reply: FastifyReply;
  readonly perform: (signal: AbortSignal) => Promise<Answer>;
  readonly answered: () => void;
}

/** One HTTP request and the ways to answer it, well or badly: the stage that faults play on. */
export class HttpExchange {
  /** Verb, method, idInstance and parameter of the request. */
  readonly request: RequestRecord;
  /** The request's path as it came. It holds the token. */
  readonly path: string;
  readonly clock: Clock;
  /** The instance in the URL, if it exists. */
  readonly instance: EmulatedInstance | undefined;
  /** Aborted when the connection is gone: the caller hung up, or the emulator closed. */
  readonly signal: AbortSignal;
  private performed: Promise<Answer> | undefined;

  /** @internal */
  constructor(private readonly parts: ExchangeParts) {
    this.request = parts.record;
    this.path = parts.path;
    this.clock = parts.clock;
    this.instance = parts.instance;
    // Writing to a caller who has just gone must not become an uncaught error.
    parts.reply.raw.on('error', () => undefined);
    const gone = new AbortController();
    parts.reply.raw.once('close', () => gone.abort());
    this.signal = gone.signal;
  }

  /** Lets the request take effect, once; the answer it would get is returned, not sent. */
  perform(): Promise<Answer> {
    this.performed ??= this.parts.perform(this.signal);
    return this.performed;
  }

  /** Sends an answer as it should be sent. */
  send({ status, headers, body }: Answer): void {
    this.sent(status);
    const response = this.take();
    response.writeHead(status, {
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
    });
    response.end(body);
  }

  /** Sends the head of an answer that promises `contentLength` bytes; the body is the caller's business. */
  open({ status, headers }: Answer, contentLength: number): ServerResponse {
    this.sent(status);
    const response = this.take();
    response.writeHead(status, { ...headers, 'content-length': String(contentLength) });
    response.flushHeaders();
    return response;
  }

  /** Breaks the connection by RST. */
  reset(): void {
    this.take().socket?.resetAndDestroy();
  }

  /** Closes the connection by FIN, as soon as what was written is out. */
  hangUp(): void {
    this.take().socket?.destroySoon();
  }

  /** Leaves the request without an answer. */
  ignore(): void {
    this.take();
  }

  private take(): ServerResponse {
    const { reply } = this.parts;
    if (!reply.sent) reply.hijack();
    return reply.raw;
  }

  private sent(status: number): void {
    this.request.status = status;
    this.request.answeredAtMs = this.clock.now();
    this.parts.answered();
  }
}
