import { answerWith } from './answer-with.fault.js';
import type { HttpFault } from './http.fault.js';

/** 429 with an empty body. GREEN-API sends no `Retry-After`; a proxy before it might. */
export function tooManyRequests(options: { retryAfterSeconds?: number } = {}): HttpFault {
  const { retryAfterSeconds } = options;
  return answerWith({
    status: 429,
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': `${retryAfterSeconds}` } }),
  });
}
