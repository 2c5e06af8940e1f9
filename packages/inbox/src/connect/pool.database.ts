import type { Db } from 'pg-boss';

import { LONGEST_ANSWER_MS, within } from '../database/time-limit.js';
import { WrappedDatabase } from '../database/wrapped.database.js';
import type { PoolClientLike, PoolLike } from './libraries.js';

/** How long a rollback may wait for the statement of a handler that was given up on. */
const LONGEST_ROLLBACK_MS = 5000;

/** A pool of `pg`. It drops connections that do not answer. */
export function poolDatabase(
  pool: PoolLike,
  showsNative: boolean,
  limitMs = LONGEST_ANSWER_MS,
): WrappedDatabase<PoolClientLike> {
  const rollbackMs = Math.min(limitMs, LONGEST_ROLLBACK_MS);
  const dbOf = (client: PoolClientLike): Db => ({
    executeSql: (text, values) => client.query(text, values),
  });
  return new WrappedDatabase<PoolClientLike>(
    {
      executeSql: (text, values) =>
        withClient(pool, (client) => within(limitMs, client.query(text, values))),
    },
    (work) =>
      withClient(pool, async (client) => {
        try {
          await within(limitMs, client.query('begin'));
          const result = await work(client);
          await within(limitMs, client.query('commit'));
          return result;
        } catch (error) {
          await within(rollbackMs, client.query('rollback')).catch(() => undefined);
          throw error;
        }
      }),
    dbOf,
    showsNative,
    limitMs,
  );
}

async function withClient<T>(
  pool: PoolLike,
  work: (client: PoolClientLike) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => (broken ??= error);
  // Without a listener, a connection that breaks now would end the process.
  client.on?.('error', onError);
  try {
    return await work(client);
  } catch (error) {
    // A handler that was given up on may still use the client, and a statement may still run. So
    // nobody else may get it.
    broken ??= error instanceof Error ? error : new Error('rolled back');
    throw error;
  } finally {
    client.removeListener?.('error', onError);
    client.release(broken);
  }
}
