import type { Db } from 'pg-boss';

export async function hasSchema(db: Pick<Db, 'executeSql'>, schema: string): Promise<boolean> {
  const { rows } = await db.executeSql('select 1 from pg_namespace where nspname = $1', [schema]);
  return rows.length > 0;
}
