import { Logger } from '@nestjs/common';
import type { ConstructorOptions, Db, PgBoss } from 'pg-boss';

import { hasSchema } from '../database/has-schema.js';
import { messageOf } from '../inbox.errors.js';

/**
 * Starts a pg-boss of our own.
 *
 * @param db tells whether the schema exists: a user who owns it may not be allowed to create one
 */
export async function startBoss(
  options: ConstructorOptions & { readonly schema: string },
  db: Pick<Db, 'executeSql'>,
): Promise<PgBoss> {
  const { PgBoss: Boss } = await import('pg-boss');
  const logger = new Logger('GreenNotificationsInbox');
  const createSchema = !(await hasSchema(db, options.schema));
  const boss = new Boss({ schedule: false, createSchema, ...options });
  // The inbox itself reports that the database is away.
  boss.on('error', (error) => logger.debug(`pg-boss: ${messageOf(error)}`));
  return boss.start();
}
