import type { DeadLetter } from '../dead-letter.js';

const AT = '2026-01-01T00:00:00.000Z';

export function letter(id: string, body: unknown = id): DeadLetter {
  return {
    kind: 'unreadable',
    id,
    idInstance: '1101',
    transport: 'polling',
    body,
    firstAt: AT,
    lastAt: AT,
  };
}

export const idsOf = (letters: readonly DeadLetter[]) => letters.map(({ id }) => id);
