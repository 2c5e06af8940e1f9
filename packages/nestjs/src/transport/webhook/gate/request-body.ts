import type { IncomingMessage } from 'node:http';

import { BoundedBuffer } from '../../../common/bounded-buffer.js';
import type { BodyReservation } from './body-budget.js';

export interface BodyLimits {
  /** The largest body that is read, in bytes. */
  readonly limitBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly timeoutMs: number;
}

/** The body as it was sent, or the reason why there is none. */
export type RequestBody = Buffer | 'too-large' | 'too-slow' | 'cut-off' | 'busy';

/**
 * A sender that sends so many chunks, with so few bytes in each, is slow on purpose: each chunk
 * costs far more than its bytes.
 */
const MOST_SMALL_CHUNKS = 2000;
const SMALL_BYTES = 128;

/**
 * Reads the body of a request, within the limits and the budget. If its length is announced and
 * there is no room for it, no byte of it is read.
 */
export async function requestBody(
  request: IncomingMessage,
  limits: BodyLimits,
  reservation: BodyReservation,
): Promise<RequestBody> {
  const announcedBytes = Number(request.headers['content-length'] ?? 0);
  if (announcedBytes > limits.limitBytes) return 'too-large';
  if (!reservation.take(announcedBytes)) return 'busy';
  // Node gives us the headers first. After this the body is there as well, if it came with them.
  await Promise.resolve();
  if (request.destroyed) return 'cut-off';
  if (announcedBytes > 0 && request.readableLength === announcedBytes) {
    const body = request.read() as Buffer;
    // The body parser of the application skips a request only after its end.
    await new Promise((resolve) => request.once('end', resolve).once('close', resolve).resume());
    return body;
  }
  return collect(request, announcedBytes, limits, reservation);
}

/** Reads a body that arrives in parts. */
function collect(
  request: IncomingMessage,
  announcedBytes: number,
  { limitBytes, timeoutMs }: BodyLimits,
  reservation: BodyReservation,
): Promise<RequestBody> {
  return new Promise((resolve) => {
    const body = new BoundedBuffer(limitBytes);
    let chunks = 0;
    let reservedBytes = announcedBytes;
    const timer = setTimeout(() => settle('too-slow'), timeoutMs);
    const settle = (result: RequestBody) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onCutOff).off('close', onCutOff);
      if (typeof result === 'string') request.pause();
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      chunks += 1;
      if (chunks > MOST_SMALL_CHUNKS && body.bytes.length < chunks * SMALL_BYTES)
        settle('too-slow');
      else if (!body.add(chunk)) settle('too-large');
      else if (body.bytes.length > reservedBytes) {
        const isTaken = reservation.take(body.bytes.length - reservedBytes);
        reservedBytes = body.bytes.length;
        if (!isTaken) settle('busy');
      }
    };
    const onEnd = () => settle(body.bytes);
    const onCutOff = () => settle('cut-off');
    request.on('data', onData).on('end', onEnd).on('error', onCutOff).on('close', onCutOff);
  });
}
