import { randomBytes } from 'node:crypto';

/** An id that no other message has. */
export function newIdMessage(): string {
  return `3EB0${randomBytes(8).toString('hex').toUpperCase()}`;
}
