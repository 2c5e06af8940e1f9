import type {
  DrizzleSqlTagLike,
  DrizzleTransactionLike,
  KnexTransactionLike,
  KyselyTransactionLike,
} from 'pg-boss';

/** What the inbox uses of a client of `pg`. */
export interface PoolClientLike {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  on?(event: 'error', listener: (error: Error) => void): unknown;
  removeListener?(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the inbox uses of a pool of `pg`. */
export interface PoolLike {
  connect(): Promise<PoolClientLike & { release(error?: Error): void }>;
}

/** What the inbox uses of Knex. */
export interface KnexLike extends KnexTransactionLike {
  // oxlint-disable-next-line no-explicit-any -- as Knex declares it
  transaction<T>(work: (transaction: any) => Promise<T>): Promise<T>;
}

/** What the inbox uses of Kysely. */
export interface KyselyLike extends KyselyTransactionLike {
  transaction(): {
    // oxlint-disable-next-line no-explicit-any -- the database type of the application
    execute<T>(work: (transaction: any) => Promise<T>): Promise<T>;
  };
}

/** What the inbox uses of Drizzle. */
export interface DrizzleLike extends DrizzleTransactionLike {
  // oxlint-disable-next-line no-explicit-any -- the schema type of the application
  transaction<T>(work: (transaction: any) => Promise<T>): Promise<T>;
}

/** The function `sql` of `drizzle-orm`. */
export type DrizzleSql = DrizzleSqlTagLike;

/**
 * What a handler gets in `ctx.transaction`, unless the inbox has a pool or a library of the
 * application.
 */
export interface SqlTransaction {
  /** @param text with `$1`, `$2` … for the values */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}
