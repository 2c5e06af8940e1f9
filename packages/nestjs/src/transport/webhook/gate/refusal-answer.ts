import type { IncomingMessage, ServerResponse } from 'node:http';

/** How much of a refused body is read, and for how long, before the connection is closed. */
const MOST_BYTES = 1024 * 1024;
const LONGEST_MS = 1000;
/** Chunks of one byte cost far more than their bytes, so their number is limited as well. */
const MOST_CHUNKS = 100;

/**
 * Answers with `status` and an empty body, and closes the connection. Before that it reads and
 * drops a little of the request. Otherwise many senders would see a connection reset instead of the
 * answer.
 */
export function answerRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
): void {
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
    request.off('data', discard).off('end', end).off('error', end).off('close', end);
    response.end();
    if (!request.readableEnded) request.destroy();
  };
  const discard = (chunk: Buffer) => {
    bytes += chunk.length;
    chunks += 1;
    if (bytes > MOST_BYTES || chunks > MOST_CHUNKS) end();
  };
  request.on('data', discard).on('end', end).on('error', end).on('close', end);
  // Reading the body may have paused it, and what is not read stays in memory.
  request.resume();
}
