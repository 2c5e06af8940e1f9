/** What the inbox uses of a pg-boss 12 that the application has started. */
export interface BossLike {
  getDb(): {
    executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  };
  createQueue(name: string, options?: object): Promise<void>;
  insert(name: string, jobs: never[], options?: object): Promise<string[] | null>;
  fetch(name: string, options?: object): Promise<object[]>;
  touch(name: string, jobs: never[], options?: object): Promise<object>;
  fail(name: string, jobs: never[], data?: object | null, options?: object): Promise<object>;
  deleteJob(name: string, jobs: never[], options?: object): Promise<object>;
}

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
export interface KnexLike {
  // oxlint-disable-next-line no-explicit-any -- as Knex declares it
  raw(sql: string, bindings?: any): Promise<any>;
  // oxlint-disable-next-line no-explicit-any -- as Knex declares it
  transaction<T>(work: (transaction: any) => Promise<T>): Promise<T>;
}

/** What the inbox uses of Kysely. */
export interface KyselyLike {
  // oxlint-disable-next-line no-explicit-any -- a compiled query, which Kysely does not let others make
  executeQuery(query: any): Promise<{ readonly rows: any[] }>;
  transaction(): {
    // oxlint-disable-next-line no-explicit-any -- the database type of the application
    execute<T>(work: (transaction: any) => Promise<T>): Promise<T>;
  };
}

/** What the inbox uses of Drizzle. */
export interface DrizzleLike {
  // oxlint-disable-next-line no-explicit-any -- depends on the driver
  execute(query: any): Promise<any>;
  // oxlint-disable-next-line no-explicit-any -- the schema type of the application
  transaction<T>(work: (transaction: any) => Promise<T>): Promise<T>;
}

/** The function `sql` of `drizzle-orm`. */
export interface DrizzleSql {
  // oxlint-disable-next-line no-explicit-any -- as Drizzle declares it
  (strings: TemplateStringsArray, ...values: any[]): unknown;
  param(value: unknown): unknown;
}

/**
 * What a handler gets in `ctx.transaction`, unless the inbox has a pool or a library of the
 * application.
 */
export interface SqlTransaction {
  /** @param text with `$1`, `$2` … for the values */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}
