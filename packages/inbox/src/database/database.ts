import type { Db } from 'pg-boss';

/** One transaction. */
export interface Transaction {
  /** Runs statements of the inbox in it. */
  readonly db: Db;
  /** What a handler gets: the transaction of the application's own library, or one with `executeSql`. */
  readonly native: unknown;
}

/** The database in which an inbox keeps its jobs. Each statement has a time limit. */
export interface Database {
  readonly db: Db;
  /**
   * Commits if `work` resolves, and rolls back otherwise. `work` may take as long as it likes.
   *
   * @param signal that of a handler, which may take long: how long to wait for the transaction to
   * begin. Default: as long as for a statement, and the server ends the transaction when it is idle
   * @throws {OutcomeUnknownError} if the commit was not answered
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>, signal?: AbortSignal): Promise<T>;
}
