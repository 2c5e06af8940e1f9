import type { DeadLetter } from '@green-notifications/nestjs';
import { orAborted } from '@green-notifications/nestjs/spi';
import type { Db } from 'pg-boss';

import type { Database } from '../database/database.js';
import { OutcomeUnknownError } from '../inbox.errors.js';
import { askUntilAnswered } from '../jobs/ask-until-answered.js';

/** How many letters `iterate` reads at a time. */
const PAGE = 100;

/** Dead letters in a table of the inbox. */
export class LetterTable {
  constructor(private readonly table: string) {}

  async put(db: Db, letters: readonly DeadLetter[]): Promise<void> {
    await db.executeSql(
      `insert into ${this.table} (id, letter)
      select id, letter from json_to_recordset($1::text::json) as given (id text, letter text)
      on conflict (id) do update set letter = excluded.letter`,
      [rowsOf(letters)],
    );
  }

  /** Replaces those of the letters that are still there. */
  async replace(db: Db, letters: readonly DeadLetter[]): Promise<void> {
    await db.executeSql(
      `update ${this.table} known set letter = given.letter
      from json_to_recordset($1::text::json) as given (id text, letter text)
      where known.id = given.id`,
      [rowsOf(letters)],
    );
  }

  async get(db: Db, id: string): Promise<DeadLetter | undefined> {
    const { rows } = await db.executeSql(`select letter from ${this.table} where id = $1`, [id]);
    return rows.map(letterOf)[0];
  }

  async list(db: Db): Promise<readonly DeadLetter[]> {
    const { rows } = await db.executeSql(`select letter from ${this.table} order by place`);
    return rows.map(letterOf);
  }

  async *iterate(db: Db): AsyncGenerator<DeadLetter> {
    const { rows } = await db.executeSql(`select id from ${this.table} order by place`);
    const ids = rows.map(({ id }: { readonly id: string }) => id);
    for (let start = 0; start < ids.length; start += PAGE) {
      const page = await db.executeSql(
        `select letter from ${this.table} where id = any($1::text[]) order by place`,
        [ids.slice(start, start + PAGE)],
      );
      yield* page.rows.map(letterOf);
    }
  }

  async discard(db: Db, id: string): Promise<boolean> {
    const { rows } = await db.executeSql(`delete from ${this.table} where id = $1 returning id`, [
      id,
    ]);
    return rows.length > 0;
  }

  /**
   * Discards a letter in the transaction of `work`. Resolves to false, and rolls back, if it is gone.
   *
   * @param database for the transaction
   */
  async transaction(
    db: Db,
    database: Database,
    id: string,
    work: (native: unknown) => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      await database.transaction(async (transaction) => {
        await orAborted(work(transaction.native), signal);
        // At the end, so that the row is locked for a moment only.
        if (!(await this.discard(transaction.db, id))) throw new LetterGone();
      }, signal);
      return true;
    } catch (error) {
      if (error instanceof LetterGone) return false;
      // The letter was there, so it was committed if it is there no longer.
      const isUnknown = error instanceof OutcomeUnknownError;
      if (isUnknown && !(await askUntilAnswered(() => this.get(db, id)))) return true;
      throw error;
    }
  }
}

/** Rolls a transaction back. */
class LetterGone extends Error {}

function rowsOf(letters: readonly DeadLetter[]): string {
  return JSON.stringify(
    letters.map((letter) => ({ id: letter.id, letter: JSON.stringify(letter) })),
  );
}

function letterOf({ letter }: { readonly letter: string }): DeadLetter {
  return JSON.parse(letter) as DeadLetter;
}
