import { randomUUID } from 'node:crypto';

import { expect, it } from '@jest/globals';

import { server } from '../src/connect/postgres.js';
import { PgBossJobStore } from '../src/postgres/pg-boss.job-store.js';
import { describeWithPostgres } from './support/engines.js';
import { temporarySchema } from './support/postgres.js';
import { jobOf, textsOf } from './support/jobs.js';

await describeWithPostgres('a user of the database who may create no schema', (url) => {
  it('uses one that was created for it', async () => {
    await using temporary = await temporarySchema(url);
    const { client, schema } = temporary;
    const role = `poor_${randomUUID().replaceAll('-', '')}`;
    await client.query(`create role ${role} login password 'poor'`);
    try {
      await client.query(`create schema ${schema} authorization ${role}`);
      const own = new URL(url);
      own.username = role;
      own.password = 'poor';
      const store = new PgBossJobStore(server(own.href), schema);
      await store.open();
      try {
        await store.insert([jobOf('a', 'a1')]);
        expect(textsOf(await store.claim(1))).toEqual(['a1']);
      } finally {
        await store.close();
      }
    } finally {
      await client.query(`drop owned by ${role} cascade`);
      await client.query(`drop role ${role}`);
    }
  });
});
