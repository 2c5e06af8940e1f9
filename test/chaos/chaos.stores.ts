import { join } from 'node:path';

import { pgBossInbox } from '@green-notifications/inbox';
import type { Inbox } from '@green-notifications/nestjs';

import { postgresUrl, temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import type { WitnessedLetter } from '../faults/support/evidence.js';
import { witnessedLetter } from '../faults/support/witnessed.letters.js';

/** Where the inbox of the application under test is. */
export const STORES = ['pglite', 'postgres'] as const;
export type Store = (typeof STORES)[number];

/** An inbox that outlives the application, and what was written into its dead letters. */
export interface ChaosStore extends AsyncDisposable {
  /** Opened by each start of the application. */
  connect(): Inbox;
  /** Every letter that was stored, as often as it was stored. */
  readonly letters: readonly WitnessedLetter[];
}

export async function openStore(store: Store, folder: string): Promise<ChaosStore> {
  const letters: WitnessedLetter[] = [];
  const place = store === 'pglite' ? { directory: join(folder, 'inbox') } : await schemaOf();
  return {
    letters,
    connect: () => witnessed(pgBossInbox(place), letters),
    [Symbol.asyncDispose]: async () => {
      if (Symbol.asyncDispose in place) await place[Symbol.asyncDispose]();
    },
  };
}

async function schemaOf() {
  const connectionString = await postgresUrl();
  if (connectionString === undefined) {
    throw new Error('There is no PostgreSQL server; set GREEN_TEST_POSTGRES_URL');
  }
  const temporary = await temporarySchema(connectionString);
  return {
    connectionString,
    schema: temporary.schema,
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

function witnessed(inbox: Inbox, letters: WitnessedLetter[]): Inbox {
  const { deadLetters } = inbox;
  const put = deadLetters.put.bind(deadLetters);
  deadLetters.put = async (given, delivery) => {
    await put(given, delivery);
    letters.push(...given.map(witnessedLetter));
  };
  return inbox;
}
