import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** The largest body that is read, in bytes. */
  readonly limitBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly timeoutMs: number;
}

/** The body as it was sent, or the reason why there is none. */
export type RequestBody = Buffer | 'too-large' | 'too-slow' | 'cut-off';

/** The first size of the buffer. Most notifications fit, so few bodies need a larger buffer. */
const FIRST_BYTES = 16 * 1024;

/** Reads the body of a request, within the limits. */
export function requestBody(
  request: IncomingMessage,
  { limitBytes, timeoutMs }: BodyLimits,
): Promise<RequestBody> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    return Promise.resolve('too-large');
  }
  return new Promise((resolve) => {
    // One buffer, not a list of chunks: a chunk of one byte would need hundreds of bytes of memory.
    let body: Buffer = Buffer.allocUnsafe(Math.min(FIRST_BYTES, limitBytes));
    let size = 0;
    const timer = setTimeout(() => settle('too-slow'), timeoutMs);
    const settle = (result: RequestBody) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onCutOff).off('close', onCutOff);
      if (typeof result === 'string') request.pause();
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      const needed = size + chunk.length;
      if (needed > limitBytes) {
        settle('too-large');
        return;
      }
      if (needed > body.length) body = enlarged(body, needed, limitBytes);
      chunk.copy(body, size);
      size = needed;
    };
    const onEnd = () => settle(body.subarray(0, size));
    const onCutOff = () => settle('cut-off');
    request.on('data', onData).on('end', onEnd).on('error', onCutOff).on('close', onCutOff);
  });
}

/** Copies into a buffer twice as large, or larger if needed, but never larger than the limit. */
function enlarged(buffer: Buffer, neededBytes: number, limitBytes: number): Buffer {
  const size = Math.min(limitBytes, Math.max(neededBytes, buffer.length * 2));
  const larger = Buffer.allocUnsafe(size);
  buffer.copy(larger);
  return larger;
}
