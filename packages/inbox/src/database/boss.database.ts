import type { Db, PgBoss } from 'pg-boss';

import { OutcomeUnknownError } from '../inbox.errors.js';
import { isAnswer } from '../sql-state.js';
import type { Database, Transaction } from './database.js';

/** The database that pg-boss is connected to. */
export class BossDatabase implements Database {
  constructor(private readonly boss: PgBoss) {}

  get db(): Db {
    return this.boss.getDb();
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const handle = await this.db.beginTransaction!();
    let result: T;
    try {
      result = await work({ db: handle.db, native: handle.db });
    } catch (error) {
      await handle.rollback();
      throw error;
    }
    try {
      await handle.commit();
    } catch (error) {
      throw isAnswer(error) ? error : new OutcomeUnknownError(error);
    }
    return result;
  }
}
