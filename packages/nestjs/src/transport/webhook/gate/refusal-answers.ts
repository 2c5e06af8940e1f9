import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { Refusal } from './refusal.js';
import { RefusedAddresses } from './refused-addresses.js';

/** How much of a refused body is read, and for how long, before the connection is closed. */
const MOST_BYTES = 1024 * 1024;
const LONGEST_MS = 1000;
/** Chunks of one byte cost far more than their bytes, so their number is limited as well. */
const MOST_CHUNKS = 100;
/** How much is read in this way, of all refused bodies together, in a second. */
const MOST_BYTES_TOGETHER = 4 * MOST_BYTES;

/**
 * Answers refused requests, and closes their connections.
 *
 * Before it closes a connection, it reads and drops a little of the request. Otherwise many senders
 * would see a connection reset instead of the answer. It does without that if many large bodies are
 * refused at the same time. A stranger that is refused often gets no answer at all.
 */
export class RefusalAnswers {
  private readonly strangers = new RefusedAddresses();
  private readonly refused = new WeakSet<Socket>();
  private droppedBytes = 0;
  private countedFromMs = 0;

  /** Whether a request on the same connection was refused. The sender has put others behind it. */
  hasRefused({ socket }: IncomingMessage): boolean {
    return this.refused.has(socket);
  }

  give(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
    this.refused.add(request.socket);
    // A sender with a valid token always gets an answer, also from behind the same proxy.
    const isStranger = refusal.reason === 'token' || refusal.reason === 'address';
    if (isStranger && this.strangers.add(refusal.address)) request.destroy();
    else this.answer(request, response, refusal.status);
  }

  private answer(request: IncomingMessage, response: ServerResponse, status: number): void {
    if (response.headersSent || response.destroyed) return;
    response.writeHead(status, { 'content-length': '0', connection: 'close' });
    if (request.readableEnded || request.destroyed) {
      response.end();
      return;
    }
    response.flushHeaders();
    let bytes = 0;
    let chunks = 0;
    const timer = setTimeout(() => end(), LONGEST_MS);
    const end = () => {
      clearTimeout(timer);
      request.off('data', drop).off('end', end).off('error', end).off('close', end);
      response.end();
      if (!request.readableEnded) request.destroy();
    };
    const drop = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks += 1;
      if (bytes > MOST_BYTES || chunks > MOST_CHUNKS || !this.mayDrop(chunk.length)) end();
    };
    request.on('data', drop).on('end', end).on('error', end).on('close', end);
    // Reading the body may have paused it, and what is not read stays in memory.
    request.resume();
  }

  private mayDrop(bytes: number): boolean {
    const now = performance.now();
    if (now - this.countedFromMs > 1000) {
      this.countedFromMs = now;
      this.droppedBytes = 0;
    }
    this.droppedBytes += bytes;
    return this.droppedBytes <= MOST_BYTES_TOGETHER;
  }
}
