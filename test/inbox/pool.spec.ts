import { expect, it } from '@jest/globals';
import { Pool, type PoolClient } from 'pg';

import { pool as connectPool, server } from '../../packages/inbox/src/connect/postgres.js';
import { PgBossJobStore } from '../../packages/inbox/src/postgres/pg-boss.job-store.js';
import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { jobOf } from '../../packages/inbox/test/support/jobs.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';

await describeWithPostgres('an inbox on a pool of the application', (url) => {
  it('leaves no listeners behind, and survives a connection that breaks in a transaction', async () => {
    await using temporary = await temporarySchema(url);
    const pool = new Pool({ connectionString: url, max: 2 });
    pool.on('error', () => undefined);
    const store = new PgBossJobStore(connectPool(pool), temporary.schema);
    await store.open();
    for (let index = 0; index < 12; index += 1) await store.insert([jobOf('a', `${index}`)]);
    const client = await pool.connect();
    expect(client.listenerCount('error')).toBe(0);
    client.release();
    const [claim] = await store.claim(1);
    const breaks = async (transaction: unknown) => {
      const { rows } = await (transaction as PoolClient).query('select pg_backend_pid() as pid');
      await temporary.client.query('select pg_terminate_backend($1)', [rows[0].pid]);
      await (transaction as PoolClient).query('select 1');
    };
    const { signal } = new AbortController();
    await expect(store.transaction(claim!, 'handler', breaks, signal)).rejects.toThrow(
      /terminat|connection error/,
    );
    expect(await store.hasSucceeded(claim!, 'handler')).toBe(false);
    await store.close();
    await pool.end();
  });

  it('names the server, and no password, if it cannot be reached', async () => {
    const store = new PgBossJobStore(server('postgres://u:s3cret@127.0.0.1:1/orders'), 'x');
    await expect(store.open()).rejects.toThrow(
      /^The database of the inbox, orders on 127\.0\.0\.1:1, cannot be used: (?!.*s3cret).*ECONNREFUSED/,
    );
  });
});
