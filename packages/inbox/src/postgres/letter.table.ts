import type { DeadLetter } from '@green-notifications/nestjs';
import type { Db } from 'pg-boss';

/** Dead letters in a table of the inbox. */
export class LetterTable {
  constructor(private readonly table: string) {}

  async put(db: Db, letters: readonly DeadLetter[]): Promise<void> {
    const rows = letters.map((letter) => ({ id: letter.id, letter: JSON.stringify(letter) }));
    await db.executeSql(
      `insert into ${this.table} (id, letter)
      select id, letter from json_to_recordset($1::text::json) as given (id text, letter text)
      on conflict (id) do update set letter = excluded.letter`,
      [JSON.stringify(rows)],
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

  async discard(db: Db, id: string): Promise<boolean> {
    const { rows } = await db.executeSql(`delete from ${this.table} where id = $1 returning id`, [
      id,
    ]);
    return rows.length > 0;
  }
}

function letterOf({ letter }: { readonly letter: string }): DeadLetter {
  return JSON.parse(letter) as DeadLetter;
}
