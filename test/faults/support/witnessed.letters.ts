import { readFile } from 'node:fs/promises';

import type { DeadLetter } from '@green-notifications/nestjs';

import type { WitnessedLetter } from './evidence.js';
import { identityOf } from './mark.js';

/** What the oracle has to know of a dead letter. */
export function witnessedLetter(letter: DeadLetter): WitnessedLetter {
  return letter.kind === 'unhandled'
    ? {
        identity: identityOf(letter.notification),
        idInstance: letter.idInstance,
        handler: letter.handler,
      }
    : { identity: identityOf(letter.body), idInstance: letter.idInstance };
}

/**
 * Every letter that was ever put into a file, as often as it was put: equal bodies may share a letter,
 * but each has to be put there.
 */
export async function lettersInFile(path: string): Promise<readonly WitnessedLetter[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { readonly put?: DeadLetter | readonly DeadLetter[] })
    .flatMap(({ put = [] }) => put)
    .map(witnessedLetter);
}
