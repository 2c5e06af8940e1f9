import type { Inbox } from '@green-notifications/nestjs/spi';

import { embedded } from './connect/embedded.js';
import type {
  BossLike,
  DrizzleLike,
  DrizzleSql,
  KnexLike,
  KyselyLike,
  PoolLike,
} from './connect/libraries.js';
import { drizzle, existing, knex, kysely, pool, server } from './connect/postgres.js';
import { InvalidInboxOptionError, NodeTooOldError } from './inbox.errors.js';
import { type InboxSettings, settingsOf } from './inbox.options.js';
import { JobStoreInbox } from './job-store.inbox.js';
import type { ConnectBoss } from './postgres/connected-boss.js';
import { PollerTable } from './pollers/poller.table.js';
import { SharedPollers } from './pollers/shared.pollers.js';
import { PgBossJobStore } from './postgres/pg-boss.job-store.js';

/** Where the inbox is: exactly one of these. */
export interface InboxPlace {
  /**
   * A directory for an embedded PostgreSQL (PGlite), for one process. It survives the end of the
   * process, but not of the machine's power.
   */
  readonly directory?: string;
  /** A PostgreSQL server, such as `postgres://user:password@host:5432/database`. */
  readonly connectionString?: string;
  /** A pg-boss that the application has started. */
  readonly boss?: BossLike;
  /**
   * The schema of `boss`.
   *
   * @default 'pgboss'
   */
  readonly bossSchema?: string;
  /**
   * A pool of `pg`. Without `pool.on('error', …)` a connection that breaks while nobody uses it ends
   * the process.
   */
  readonly pool?: PoolLike;
  readonly knex?: KnexLike;
  /**
   * A database of Kysely. Its pool needs `pool.on('error', …)`, and because Kysely does not listen
   * within a transaction, `pool.on('connect', (client) => client.on('error', …))`: otherwise a
   * connection that breaks ends the process.
   */
  readonly kysely?: KyselyLike;
  /** A database of Drizzle. Its pool needs the same listeners as that of Kysely. */
  readonly drizzle?: DrizzleLike;
  /** With `drizzle`: the function `sql` of `drizzle-orm`. */
  readonly sql?: DrizzleSql;
}

/** The options of {@link pgBossInbox}. */
export type PgBossInboxOptions = InboxPlace & Partial<InboxSettings>;

const PLACES = [
  'directory',
  'connectionString',
  'boss',
  'pool',
  'knex',
  'kysely',
  'drizzle',
] as const satisfies readonly (keyof InboxPlace)[];

/**
 * An inbox on pg-boss, for the option `inbox` of `GreenNotificationsModule`.
 *
 * ```ts
 * GreenNotificationsModule.forRoot({ instances, inbox: pgBossInbox({ directory: './inbox' }) });
 * ```
 *
 * @throws {InvalidInboxOptionError} if an option is wrong
 * @throws {NodeTooOldError} before Node 22.12
 */
export function pgBossInbox(options: PgBossInboxOptions): Inbox {
  requireNode(process.versions.node);
  requireKnownOptions(options);
  const settings = settingsOf(options);
  const { schema, leaseMs } = settings;
  const jobs = new PgBossJobStore(connectOf(options), schema);
  // Only one process can use a directory.
  const isShared = options.directory === undefined;
  const table = new PollerTable(() => jobs.required, schema);
  const pollers = isShared ? new SharedPollers(table, leaseMs) : undefined;
  return new JobStoreInbox(jobs, settings, pollers);
}

const OPTIONS: ReadonlySet<string> = new Set([
  ...PLACES,
  'bossSchema',
  'sql',
  ...Object.keys(settingsOf({})),
]);

function requireKnownOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidInboxOptionError(
      "inbox: give pgBossInbox an object, such as { directory: './inbox' }",
    );
  }
  const unknown = Object.keys(options).filter((name) => !OPTIONS.has(name));
  if (unknown.length > 0) {
    throw new InvalidInboxOptionError(
      `inbox: there is no option ${unknown.join(', ')}; there are ${[...OPTIONS].join(', ')}`,
    );
  }
}

/** Names no value: a connection string contains a password. */
function requirePlace({ directory, connectionString }: InboxPlace): void {
  if (directory !== undefined && (directory === '' || directory.includes('://'))) {
    throw new InvalidInboxOptionError(
      'inbox: directory must be the path of a directory; for a server, set connectionString',
    );
  }
  if (connectionString === undefined) return;
  // The password would end at the first of these, and its rest would be taken for a server.
  const [authority = ''] = connectionString.replace(/^\w+:\/\//, '').split('?');
  const isCutOff = /[@/#]/.test(authority.slice(0, Math.max(0, authority.lastIndexOf('@'))));
  if (
    isCutOff ||
    !/^postgres(?:ql)?:\/\//.test(connectionString) ||
    !URL.canParse(connectionString)
  ) {
    throw new InvalidInboxOptionError(
      'inbox: connectionString must be a URL such as postgres://user:password@host:5432/database; write ' +
        'special characters of the password as encodeURIComponent does',
    );
  }
}

/** What the application gives, and what the inbox calls on it first. */
const OBJECTS: Partial<Record<keyof InboxPlace, readonly [what: string, ...methods: string[]]>> = {
  boss: ['a PgBoss of pg-boss 12', 'getDb', 'fetch', 'deleteJob'],
  pool: ['a Pool of pg', 'connect'],
  knex: ['what knex() returns', 'raw', 'transaction'],
  kysely: ['a Kysely', 'executeQuery', 'transaction'],
  drizzle: ['what drizzle() returns', 'execute', 'transaction'],
};

function requireMethods(options: InboxPlace, place: keyof InboxPlace): void {
  const [what, ...methods] = OBJECTS[place] ?? [];
  const given = Object(options[place]) as Record<string, unknown>;
  const missing = methods.filter((name) => typeof given[name] !== 'function');
  if (missing.length === 0) return;
  throw new InvalidInboxOptionError(
    `inbox: ${place} has no ${missing.join('() and no ')}(); give it ${what}`,
  );
}

function connectOf(options: InboxPlace): ConnectBoss {
  const given = PLACES.filter((place) => options[place] !== undefined);
  if (given.length !== 1) {
    throw new InvalidInboxOptionError(
      `inbox: set exactly one of ${PLACES.join(', ')}` +
        (given.length > 0 ? `, not ${given.join(' and ')}` : ''),
    );
  }
  const [place] = given;
  requirePlace(options);
  requireMethods(options, place!);
  if (options.bossSchema !== undefined && place !== 'boss') {
    throw new InvalidInboxOptionError(
      `inbox: bossSchema is the schema of boss, and there is none; with ${place}, set schema`,
    );
  }
  const { directory, connectionString, boss, bossSchema = 'pgboss', sql } = options;
  if (directory !== undefined) return embedded(directory);
  if (connectionString !== undefined) return server(connectionString);
  if (boss) return existing(boss, bossSchema);
  if (options.pool) return pool(options.pool);
  if (options.knex) return knex(options.knex);
  if (options.kysely) return kysely(options.kysely);
  if (!sql) {
    throw new InvalidInboxOptionError('inbox: with drizzle, also set sql to that of drizzle-orm');
  }
  return drizzle(options.drizzle!, sql);
}

/** pg-boss needs Node 22.12. */
function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12)) throw new NodeTooOldError(version);
}
