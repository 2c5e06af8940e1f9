import type { Db } from 'pg-boss';

/** One transaction. */
export interface Transaction {
  /** Runs statements in it. */
  readonly db: Db;
  /** What a handler gets: the transaction of the application's own library, or `db`. */
  readonly native: unknown;
}

/** The database in which an inbox keeps its jobs. */
export interface Database {
  readonly db: Db;
  /**
   * Commits if `work` resolves, and rolls back otherwise.
   *
   * @throws {OutcomeUnknownError} if the commit was not answered
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** Whether the server answered with an error, so that nothing was changed. */
export function isAnswer(error: unknown): boolean {
  const { code } = Object(error) as { readonly code?: unknown };
  // SQLSTATE. Classes 08 and 57 are about a connection that ends.
  return typeof code === 'string' && /^(?!08|57)[0-9A-Z]{5}$/.test(code);
}
