import type { Db } from 'pg-boss';

import { OutcomeUnknownError } from '../inbox.errors.js';
import { isAnswer } from '../sql-state.js';
import type { Database, Transaction } from './database.js';
import { limitIdleTime } from './idle-limit.js';
import { LONGEST_ANSWER_MS, TimeLimit, within } from './time-limit.js';

/** A database that somebody else connects to: pg-boss, PGlite, or a library of the application. */
export class WrappedDatabase<Native> implements Database {
  readonly db: Db;

  constructor(
    db: Db,
    private readonly begin: <T>(work: (native: Native) => Promise<T>) => Promise<T>,
    private readonly dbOf: (native: Native) => Db,
    /** Whether a handler gets the transaction of that library. */
    private readonly showsNative: boolean,
    private readonly limitMs: number = LONGEST_ANSWER_MS,
  ) {
    this.db = limited(db, limitMs);
  }

  async transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const limit = new TimeLimit(this.limitMs);
    const abort = () => limit.giveUp(signal?.reason);
    let hasWorked = false;
    const run = async (native: Native): Promise<T> => {
      // A connection that comes later than that must not do what was given up.
      await limit.check();
      limit.stop();
      signal?.removeEventListener('abort', abort);
      try {
        const db = this.dbOf(native);
        const shown = this.showsNative ? native : db;
        const ours = limited(db, this.limitMs);
        // That of a handler may be idle while the handler works.
        if (!signal && this.limitMs !== Infinity) await limitIdleTime(ours);
        const result = await work({ db: ours, native: shown });
        hasWorked = true;
        return result;
      } finally {
        limit.start();
      }
    };
    if (signal) signal.addEventListener('abort', abort, { once: true });
    else limit.start();
    try {
      return await Promise.race([this.begin(run), limit.over]);
    } catch (error) {
      throw hasWorked && !isAnswer(error) ? new OutcomeUnknownError(error) : error;
    } finally {
      limit.stop();
      signal?.removeEventListener('abort', abort);
    }
  }
}

function limited(db: Db, limitMs: number): Db {
  return {
    executeSql: (text, values) => within(limitMs, db.executeSql(text, values)),
    ...(db.listen && { listen: db.listen.bind(db) }),
  };
}
