import type { Db } from 'pg-boss';

import { OutcomeUnknownError } from '../inbox.errors.js';
import { isAnswer } from '../sql-state.js';
import type { Database, Transaction } from './database.js';

/** A database that somebody else connects to: PGlite, or a library of the application. */
export class WrappedDatabase<Native> implements Database {
  constructor(
    readonly db: Db,
    private readonly begin: <T>(work: (native: Native) => Promise<T>) => Promise<T>,
    private readonly dbOf: (native: Native) => Db,
    /** Whether a handler gets the transaction of that library. */
    private readonly showsNative: boolean,
  ) {}

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let hasWorked = false;
    try {
      return await this.begin(async (native) => {
        const db = this.dbOf(native);
        const result = await work({ db, native: this.showsNative ? native : db });
        hasWorked = true;
        return result;
      });
    } catch (error) {
      throw hasWorked && !isAnswer(error) ? new OutcomeUnknownError(error) : error;
    }
  }
}
