import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import type { PgBossInboxOptions } from '@green-notifications/inbox';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { sql as drizzleSql } from 'drizzle-orm';
import createKnex, { type Knex } from 'knex';
import { Kysely, PostgresDialect, sql as kyselySql, type Transaction } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import { type Db, PgBoss } from 'pg-boss';

/** A way to the database, and how a handler writes with its transaction. */
export interface Way {
  readonly place: PgBossInboxOptions;
  run(transaction: unknown, text: string): Promise<unknown>;
  /** Reads without the product. Default: from the server. */
  read?(text: string): Promise<readonly unknown[]>;
  close?(): Promise<unknown>;
}

const viaDb = (transaction: unknown, text: string) => (transaction as Db).executeSql(text);

export const WAYS: Readonly<Record<string, (url: string, schema: string) => Promise<Way>>> = {
  'a connection string': async (connectionString) => ({ place: { connectionString }, run: viaDb }),
  'a directory': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'green-transaction-'));
    return {
      place: { directory: folder },
      run: viaDb,
      read: async (text) => {
        const pglite = await PGlite.create(join(folder, 'pglite'));
        const { rows } = await pglite.query(text);
        await pglite.close();
        return rows;
      },
      close: () => rm(folder, { recursive: true }),
    };
  },
  'a pg-boss': async (connectionString, schema) => {
    const boss = await new PgBoss({ connectionString, schema: `${schema}_boss` }).start();
    return {
      place: { boss, bossSchema: `${schema}_boss` },
      run: viaDb,
      close: async () => {
        await viaDb(boss.getDb(), `drop schema ${schema}_boss cascade`);
        await boss.stop({ graceful: false });
      },
    };
  },
  'a pool': async (connectionString) => {
    const pool = new Pool({ connectionString });
    return {
      place: { pool },
      run: (client, text) => (client as PoolClient).query(text),
      close: () => pool.end(),
    };
  },
  Knex: async (connection) => {
    const knex = createKnex({ client: 'pg', connection });
    return {
      place: { knex },
      run: async (transaction, text) => (transaction as Knex.Transaction).raw(text),
      close: () => knex.destroy(),
    };
  },
  Kysely: async (connectionString) => {
    const pool = new Pool({ connectionString });
    const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    return {
      place: { kysely },
      run: (transaction, text) => kyselySql.raw(text).execute(transaction as Transaction<unknown>),
      close: () => kysely.destroy(),
    };
  },
  Drizzle: async (connectionString) => {
    const pool = new Pool({ connectionString });
    return {
      place: { drizzle: drizzle(pool), sql: drizzleSql },
      run: (transaction, text) => (transaction as NodePgDatabase).execute(drizzleSql.raw(text)),
      close: () => pool.end(),
    };
  },
};
