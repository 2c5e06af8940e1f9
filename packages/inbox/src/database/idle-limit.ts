import type { Db } from 'pg-boss';

const LONGEST_IDLE_MS = 5000;

/**
 * Lets the server end this transaction if nothing comes from us for a while. A process that is paused
 * in the middle of one would otherwise keep its locks, and hold up those who take over from it.
 */
export async function limitIdleTime(db: Db): Promise<void> {
  await db.executeSql(`set local idle_in_transaction_session_timeout = ${LONGEST_IDLE_MS}`);
}
