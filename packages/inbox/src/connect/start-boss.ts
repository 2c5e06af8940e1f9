import { Logger } from '@nestjs/common';
import type { ConstructorOptions, PgBoss } from 'pg-boss';

import { messageOf } from '../inbox.errors.js';

/** Starts a pg-boss of our own. */
export async function startBoss(options: ConstructorOptions): Promise<PgBoss> {
  const { PgBoss: Boss } = await import('pg-boss');
  const logger = new Logger('GreenNotificationsInbox');
  const boss = new Boss({ schedule: false, ...options });
  // The inbox itself reports that the database is away.
  boss.on('error', (error) => logger.debug(`pg-boss: ${messageOf(error)}`));
  return boss.start();
}
