import type { DeadLetter } from '@green-notifications/nestjs';
import { Client } from 'pg';

import type { WitnessedLetter } from '../../faults/support/evidence.js';
import { witnessedLetter } from '../../faults/support/witnessed.letters.js';

/** Reads dead letters without the product. */
export async function lettersInDatabase(
  connectionString: string,
  schema: string,
): Promise<readonly (WitnessedLetter & { readonly letter: DeadLetter })[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ letter: string }>(
      `select letter from ${schema}.inbox_letters`,
    );
    return rows.map((row) => {
      const letter = JSON.parse(row.letter) as DeadLetter;
      return { ...witnessedLetter(letter), letter };
    });
  } finally {
    await client.end();
  }
}
