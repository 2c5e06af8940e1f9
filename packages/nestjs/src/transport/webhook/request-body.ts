import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** The largest body that is read, in bytes. */
  readonly limitBytes: number;
  /** How long a body may take to arrive, in milliseconds. */
  readonly timeoutMs: number;
}

/** A body as it was sent, or why there is none. */
export type RequestBody = Buffer | 'too-large' | 'too-slow' | 'cut-off';

/** Reads a request's body, and no more of it than the limits allow. */
export function requestBody(
  request: IncomingMessage,
  { limitBytes, timeoutMs }: BodyLimits,
): Promise<RequestBody> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    return Promise.resolve('too-large');
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle('too-slow'), timeoutMs);
    const settle = (body: RequestBody) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onCutOff).off('close', onCutOff);
      if (typeof body === 'string') request.pause();
      resolve(body);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) settle('too-large');
      else chunks.push(chunk);
    };
    const onEnd = () => settle(Buffer.concat(chunks, size));
    const onCutOff = () => settle('cut-off');
    request.on('data', onData).on('end', onEnd).on('error', onCutOff).on('close', onCutOff);
  });
}
