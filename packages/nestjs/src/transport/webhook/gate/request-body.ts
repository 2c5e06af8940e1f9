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

/** Reads the body of a request, within the limits and the budget. */
export function requestBody(
  request: IncomingMessage,
  { limitBytes, timeoutMs }: BodyLimits,
  reservation: BodyReservation,
): Promise<RequestBody> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    return Promise.resolve('too-large');
  }
  return new Promise((resolve) => {
    const body = new BoundedBuffer(limitBytes);
    let chunks = 0;
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
      else if (!reservation.take(chunk.length)) settle('busy');
    };
    const onEnd = () => settle(body.bytes);
    const onCutOff = () => settle('cut-off');
    request.on('data', onData).on('end', onEnd).on('error', onCutOff).on('close', onCutOff);
  });
}
