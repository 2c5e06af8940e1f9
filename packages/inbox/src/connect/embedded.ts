import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { Logger } from '@nestjs/common';

import { WrappedDatabase } from '../database/wrapped.database.js';
import type { ConnectBoss } from '../postgres/connected-boss.js';
import { DirectoryLock } from './directory-lock.js';
import { startBoss } from './start-boss.js';

/** PGlite does not clean up by itself. */
const VACUUM_AFTER_JOBS = 50_000;
const VACUUM_AFTER_MS = 10 * 60 * 1000;

/** PostgreSQL in this process, with its files in a directory: PGlite. */
export function embedded(directory: string): ConnectBoss {
  return async (schema) => {
    const logger = new Logger('GreenNotificationsInbox');
    const root = path.resolve(directory);
    logger.log(`Opening the inbox in ${root}; the first time takes some seconds`);
    await mkdir(root, { recursive: true, mode: 0o700 });
    const lock = await DirectoryLock.acquire(root);
    try {
      const { PGlite } = await import('@electric-sql/pglite');
      const { fromPglite } = await import('pg-boss');
      const pglite = await PGlite.create(path.join(root, 'pglite'));
      const database = new WrappedDatabase(
        fromPglite(pglite),
        (work) => pglite.transaction(work) as never,
        fromPglite,
        false,
        // There is no network, and a statement waits for the transactions of handlers.
        Infinity,
      );
      const boss = await startBoss(
        { db: database.db, backend: 'pglite', schema },
        database.db,
      ).catch(async (error: unknown) => {
        await pglite.close();
        throw error;
      });
      logger.log(
        `The inbox is in ${root}. It survives the end of this process, but what was stored last may be ` +
          'lost if the machine loses power; use PostgreSQL if that matters',
      );
      let vacuumedAtMs = performance.now();
      let jobs = 0;
      return {
        boss,
        database,
        bossSchema: schema,
        notifies: false,
        maintain: async (settled) => {
          jobs += settled;
          const isDue = jobs > 0 && performance.now() - vacuumedAtMs > VACUUM_AFTER_MS;
          if (jobs < VACUUM_AFTER_JOBS && !isDue) return;
          jobs = 0;
          vacuumedAtMs = performance.now();
          await pglite.exec('vacuum');
          await pglite.exec('checkpoint');
        },
        close: async () => {
          try {
            await boss.stop({ close: false, graceful: false });
            await pglite.close();
          } finally {
            await lock.release();
          }
        },
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  };
}
