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
