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

/** One HTTP request, with methods to answer it correctly or wrongly. Faults use it. */
export class HttpExchange {
  /** Verb, method, idInstance and parameter of the request. */
  readonly request: RequestRecord;
  /** The original path of the request. It contains the token. */
  readonly path: string;
  readonly clock: Clock;
  /** The instance in the URL, if it exists. */
  readonly instance: EmulatedInstance | undefined;
  /** Aborted when the connection is closed, by the caller or the emulator. */
  readonly signal: AbortSignal;
  private performed: Promise<Answer> | undefined;

  /** @internal */
  constructor(private readonly parts: ExchangeParts) {
    this.request = parts.record;
    this.path = parts.path;
    this.clock = parts.clock;
    this.instance = parts.instance;
    // A write to a closed connection must not cause an uncaught error.
    parts.reply.raw.on('error', () => undefined);
    const gone = new AbortController();
    parts.reply.raw.once('close', () => gone.abort());
    this.signal = gone.signal;
  }

  /** Lets the request take effect, once. Returns the usual answer, but does not send it. */
  perform(): Promise<Answer> {
    this.performed ??= this.parts.perform(this.signal);
    return this.performed;
  }

  /** Sends an answer normally. */
  send({ status, headers, body }: Answer): void {
    this.sent(status);
    const response = this.take();
    response.writeHead(status, {
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
    });
    response.end(body);
  }

  /** Sends the headers of an answer, with this content length. The caller must send the body. */
  open({ status, headers }: Answer, contentLength: number): ServerResponse {
    this.sent(status);
    const response = this.take();
    response.writeHead(status, { ...headers, 'content-length': String(contentLength) });
    response.flushHeaders();
    return response;
  }

  /** Resets the connection (RST). */
  reset(): void {
    this.take().socket?.resetAndDestroy();
  }

  /** Closes the connection (FIN) after all written data is sent. */
  hangUp(): void {
    this.take().socket?.destroySoon();
  }

  /** Never answers the request. */
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
