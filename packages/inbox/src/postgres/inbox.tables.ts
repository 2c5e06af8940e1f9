import type { Database } from '../database/database.js';
import { hasSchema } from '../database/has-schema.js';
import { pollerTables } from '../pollers/poller.table.js';

/** The version of the tables below. Later versions only add to them: old processes still run. */
const VERSION = 3;

/** What the inbox keeps beside the jobs of pg-boss. */
export async function createTables(database: Database, schema: string): Promise<void> {
  const { rows } = await database.db
    .executeSql(`select max(version) as version from ${schema}.inbox_version`)
    .catch(() => ({ rows: [] as { version: number }[] }));
  if (Number(rows[0]?.version ?? 0) >= VERSION) return;
  await database.transaction(async ({ db }) => {
    // Processes that start together take turns.
    await db.executeSql(`select pg_advisory_xact_lock(hashtext('${schema}.inbox_version'))`);
    if (!(await hasSchema(db, schema))) await db.executeSql(`create schema ${schema}`);
    for (const statement of statementsOf(schema)) await db.executeSql(statement);
  });
}

function statementsOf(schema: string): readonly string[] {
  return [
    `create table if not exists ${schema}.inbox_version (version int primary key)`,
    // Notifications that were stored, so that GREEN-API's repetitions are recognised.
    `create table if not exists ${schema}.inbox_seen (
      id uuid primary key,
      job uuid not null,
      at timestamptz not null default now()
    )`,
    `create index if not exists inbox_seen_at on ${schema}.inbox_seen (at)`,
    // What handlers had done when a job was last put back. Text, because jsonb refuses some texts.
    `create table if not exists ${schema}.inbox_progress (
      job uuid primary key,
      hand_outs int not null,
      progress text
    )`,
    // Handlers that have succeeded since then.
    `create table if not exists ${schema}.inbox_succeeded (
      job uuid not null,
      handler text not null,
      primary key (job, handler)
    )`,
    // The results of work that must not be done again. Text, as above.
    `create table if not exists ${schema}.inbox_remembered (
      job uuid not null,
      handler text not null,
      name text not null,
      result text not null,
      primary key (job, handler, name)
    )`,
    `create table if not exists ${schema}.inbox_letters (
      id text primary key,
      place bigint generated always as identity,
      letter text not null
    )`,
    ...pollerTables(schema),
    `insert into ${schema}.inbox_version (version) values (${VERSION}) on conflict do nothing`,
  ];
}
