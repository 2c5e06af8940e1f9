import { Logger } from '@nestjs/common';
import type { ClientConfig } from 'pg';
import type { Db, PgBoss } from 'pg-boss';

import { atMost, LONGEST_ANSWER_MS, LONGEST_END_MS } from '../database/time-limit.js';
import { WrappedDatabase } from '../database/wrapped.database.js';
import { InboxUnusableError, InvalidInboxOptionError } from '../inbox.errors.js';
import type { ConnectBoss } from '../postgres/connected-boss.js';
import type {
  BossLike,
  DrizzleLike,
  DrizzleSql,
  KnexLike,
  KyselyLike,
  PoolLike,
} from './libraries.js';
import { poolDatabase } from './pool.database.js';
import { Sockets } from './sockets.js';
import { startBoss } from './start-boss.js';

const LONGEST_CONNECT_MS = 10_000;

/** A PostgreSQL server. */
export function server(connectionString: string, limitMs = LONGEST_ANSWER_MS): ConnectBoss {
  return async (schema) => {
    const { Client, Pool } = (await import('pg')).default;
    const sockets = new Sockets();
    const options = {
      connectionString,
      stream: sockets.create,
      application_name: 'green-notifications',
      connectionTimeoutMillis: LONGEST_CONNECT_MS,
      // The pool drops a connection that does not answer. If pg-boss was cleaning up, the server
      // goes on with it.
      query_timeout: limitMs,
    };
    // Transactions of handlers must not take the connections that renew leases and store.
    const handlers = new Pool({
      connectionString,
      stream: sockets.create,
      application_name: 'green-notifications handlers',
      keepAlive: true,
      // Handlers may wait longer for one of the ten, but not for the server.
      Client: class extends Client {
        constructor(config?: string | ClientConfig) {
          super({ ...Object(config), connectionTimeoutMillis: LONGEST_CONNECT_MS });
        }
      },
    });
    // Connections that break while nobody uses them are replaced.
    handlers.on('error', () => undefined);
    const handlerDatabase = poolDatabase(handlers, false, limitMs);
    const { host, port, database: name } = new Client({ connectionString });
    const boss = await startBoss({ ...options, schema }, handlerDatabase.db).catch(
      (error: unknown) => {
        sockets.destroy();
        throw new InboxUnusableError(
          `The database of the inbox, ${name} on ${host}:${port}, cannot be used`,
          error,
        );
      },
    );
    new Logger('GreenNotificationsInbox').log(
      `The inbox is in the schema ${schema} of the database ${name} on ${host}:${port}`,
    );
    return {
      boss,
      database: bossDatabase(boss, limitMs),
      handlerDatabase,
      bossSchema: schema,
      notifies: true,
      close: async () => {
        await atMost(LONGEST_END_MS, handlers.end(), boss.stop({ graceful: false }));
        sockets.destroy();
      },
    };
  };
}

/** A pg-boss of the application, which the application starts and stops. */
export function existing(
  given: BossLike,
  bossSchema: string,
  limitMs = LONGEST_ANSWER_MS,
): ConnectBoss {
  return async () => {
    // It is, but its own types would become those of every application.
    const boss = given as unknown as PgBoss;
    if (!boss.getDb().beginTransaction) {
      throw new InvalidInboxOptionError(
        'inbox: this pg-boss runs on an adapter without transactions; give the inbox the pool, Knex, ' +
          'Kysely or Drizzle connection itself',
      );
    }
    const database = bossDatabase(boss, limitMs);
    return { boss, database, bossSchema, notifies: true, close: async () => {} };
  };
}

/** The database that pg-boss is connected to. */
function bossDatabase(boss: PgBoss, limitMs: number): WrappedDatabase<Db> {
  const db = boss.getDb();
  return new WrappedDatabase<Db>(
    db,
    async (work) => {
      const transaction = await db.beginTransaction!();
      try {
        const result = await work(transaction.db);
        await transaction.commit();
        return result;
      } catch (error) {
        await transaction.rollback();
        throw error;
      }
    },
    (given) => given,
    false,
    limitMs,
  );
}

/** A pool of `pg` that belongs to the application. */
export function pool(given: PoolLike, limitMs = LONGEST_ANSWER_MS): ConnectBoss {
  return wrapped(async () => poolDatabase(given, true, limitMs));
}

export function knex(given: KnexLike, limitMs = LONGEST_ANSWER_MS): ConnectBoss {
  return wrapped(async () => {
    const { fromKnex } = await import('pg-boss');
    const begin = <T>(work: (native: KnexLike) => Promise<T>) => given.transaction(work);
    return new WrappedDatabase(fromKnex(given), begin, fromKnex, true, limitMs);
  });
}

export function kysely(given: KyselyLike, limitMs = LONGEST_ANSWER_MS): ConnectBoss {
  return wrapped(async () => {
    const { fromKysely } = await import('pg-boss');
    return new WrappedDatabase(
      fromKysely(given),
      (work) => given.transaction().execute(work),
      fromKysely,
      true,
      limitMs,
    );
  });
}

export function drizzle(
  given: DrizzleLike,
  sql: DrizzleSql,
  limitMs = LONGEST_ANSWER_MS,
): ConnectBoss {
  return wrapped(async () => {
    const { fromDrizzle } = await import('pg-boss');
    const dbOf = (transaction: DrizzleLike) => fromDrizzle(transaction, sql);
    const begin = <T>(work: (native: DrizzleLike) => Promise<T>) => given.transaction(work);
    return new WrappedDatabase(dbOf(given), begin, dbOf, true, limitMs);
  });
}

/** These have no LISTEN, so other processes are noticed by polling. */
function wrapped<Native>(databaseOf: () => Promise<WrappedDatabase<Native>>): ConnectBoss {
  return async (schema) => {
    const database = await databaseOf();
    const boss = await startBoss({ db: database.db, schema }, database.db);
    return {
      boss,
      database,
      bossSchema: schema,
      notifies: false,
      close: () => atMost(LONGEST_END_MS, boss.stop({ close: false, graceful: false })),
    };
  };
}
