import { setTimeout as delay } from 'node:timers/promises';

import type { Db, PgBoss } from 'pg-boss';

import { BossDatabase } from '../database/boss.database.js';
import { WrappedDatabase } from '../database/wrapped.database.js';
import { InvalidInboxOptionError } from '../inbox.errors.js';
import type { ConnectBoss } from '../postgres/connected-boss.js';
import type {
  DrizzleLike,
  DrizzleSql,
  KnexLike,
  KyselyLike,
  PoolClientLike,
  PoolLike,
} from './libraries.js';
import { startBoss } from './start-boss.js';

/** How long a handler may keep its transaction when the inbox is closed. */
const LONGEST_END_MS = 2000;

/** A PostgreSQL server. */
export function server(connectionString: string): ConnectBoss {
  return async (schema) => {
    const boss = await startBoss({
      connectionString,
      schema,
      application_name: 'green-notifications',
    });
    // Transactions of handlers must not take the connections that renew leases and store.
    const { Pool } = (await import('pg')).default;
    const handlers = new Pool({
      connectionString,
      application_name: 'green-notifications handlers',
    });
    // Connections that break while nobody uses them are replaced.
    handlers.on('error', () => undefined);
    return {
      boss,
      database: new BossDatabase(boss),
      handlerDatabase: poolDatabase(handlers, false),
      bossSchema: schema,
      notifies: true,
      close: async () => {
        await Promise.race([handlers.end(), delay(LONGEST_END_MS, undefined, { ref: false })]);
        await boss.stop({ graceful: false });
      },
    };
  };
}

/** A pg-boss of the application, which the application starts and stops. */
export function existing(boss: PgBoss, bossSchema: string): ConnectBoss {
  return async () => {
    const database = new BossDatabase(boss);
    if (!database.db.beginTransaction) {
      throw new InvalidInboxOptionError(
        'inbox: this pg-boss runs on an adapter without transactions; give the inbox the pool, Knex, ' +
          'Kysely or Drizzle connection itself',
      );
    }
    return { boss, database, bossSchema, notifies: true, close: async () => {} };
  };
}

/** A pool of `pg` that belongs to the application. */
export function pool(given: PoolLike): ConnectBoss {
  return wrapped(async () => poolDatabase(given, true));
}

function poolDatabase(given: PoolLike, showsNative: boolean): WrappedDatabase<PoolClientLike> {
  const dbOf = (client: PoolClientLike): Db => ({
    executeSql: (text, values) => client.query(text, values),
  });
  return new WrappedDatabase<PoolClientLike>(
    dbOf(given),
    async (work) => {
      const client = await given.connect();
      let broken: Error | undefined;
      // Without a listener, a connection that breaks now would end the process.
      client.on?.('error', (error) => (broken ??= error));
      try {
        await client.query('begin');
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        // A handler that was given up on may still use the client, so nobody else may get it.
        broken ??= error instanceof Error ? error : new Error('rolled back');
        throw error;
      } finally {
        client.release(broken);
      }
    },
    dbOf,
    showsNative,
  );
}

export function knex(given: KnexLike): ConnectBoss {
  return wrapped(async () => {
    const { fromKnex } = await import('pg-boss');
    return new WrappedDatabase(fromKnex(given), (work) => given.transaction(work), fromKnex, true);
  });
}

export function kysely(given: KyselyLike): ConnectBoss {
  return wrapped(async () => {
    const { fromKysely } = await import('pg-boss');
    return new WrappedDatabase(
      fromKysely(given),
      (work) => given.transaction().execute(work),
      fromKysely,
      true,
    );
  });
}

export function drizzle(given: DrizzleLike, sql: DrizzleSql): ConnectBoss {
  return wrapped(async () => {
    const { fromDrizzle } = await import('pg-boss');
    const dbOf = (transaction: DrizzleLike) => fromDrizzle(transaction, sql);
    return new WrappedDatabase(dbOf(given), (work) => given.transaction(work), dbOf, true);
  });
}

/** These have no LISTEN, so other processes are noticed by polling. */
function wrapped<Native>(databaseOf: () => Promise<WrappedDatabase<Native>>): ConnectBoss {
  return async (schema) => {
    const database = await databaseOf();
    const boss = await startBoss({ db: database.db, schema });
    return {
      boss,
      database,
      bossSchema: schema,
      notifies: false,
      close: () => boss.stop({ close: false, graceful: false }),
    };
  };
}
