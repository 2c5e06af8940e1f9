import type { Answer } from './answer.js';

/** The zero-length JSON answer of 401 and 429. */
export function emptyAnswer(status: number): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: '' };
}
