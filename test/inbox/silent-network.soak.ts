import { pgBossInbox } from '@green-notifications/inbox';
import { OnNotification } from '@green-notifications/nestjs';
import { expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import createKnex from 'knex';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';

import * as postgres from '../../packages/inbox/src/connect/postgres.js';
import { OutcomeUnknownError } from '../../packages/inbox/src/inbox.errors.js';
import { settingsOf } from '../../packages/inbox/src/inbox.options.js';
import { JobStoreInbox } from '../../packages/inbox/src/job-store.inbox.js';
import type { ConnectBoss } from '../../packages/inbox/src/postgres/connected-boss.js';
import { PgBossJobStore } from '../../packages/inbox/src/postgres/pg-boss.job-store.js';
import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { jobOf, textsOf } from '../../packages/inbox/test/support/jobs.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { eventually } from '../road/support/eventually.js';
import { Deferred } from '../support/deferred.js';
import { PollingHarness } from '../support/polling.harness.js';
import { moduleOf } from './support/scene.js';
import { StallingProxy } from './support/stalling.proxy.js';

jest.setTimeout(60_000);

/** Shorter than that of the product, and longer than a busy machine needs. */
const LIMIT_MS = 2000;
const PATIENCE_MS = 30_000;

interface Way {
  readonly connect: ConnectBoss;
  /** Ends what belongs to the application. */
  close?(): Promise<unknown>;
}

const WAYS: Readonly<Record<string, (url: string, schema: string) => Promise<Way>>> = {
  'a connection string': async (url) => ({ connect: postgres.server(url, LIMIT_MS) }),
  'a pg-boss': async (connectionString, schema) => {
    const boss = new PgBoss({ connectionString, schema });
    boss.on('error', () => undefined);
    await boss.start();
    return {
      connect: postgres.existing(boss, schema, LIMIT_MS),
      close: () => boss.stop({ graceful: false }),
    };
  },
  'a pool': async (connectionString) => {
    const pool = new Pool({ connectionString, max: 3 });
    return { connect: postgres.pool(pool, LIMIT_MS), close: () => pool.end() };
  },
  Knex: async (connection) => {
    const knex = createKnex({ client: 'pg', connection });
    return { connect: postgres.knex(knex, LIMIT_MS), close: () => knex.destroy() };
  },
  Kysely: async (connectionString) => {
    const pool = new Pool({ connectionString });
    const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    return { connect: postgres.kysely(kysely, LIMIT_MS), close: () => kysely.destroy() };
  },
  Drizzle: async (connectionString) => {
    const pool = new Pool({ connectionString });
    return {
      connect: postgres.drizzle(drizzle(pool), drizzleSql, LIMIT_MS),
      close: () => pool.end(),
    };
  },
};

/** A store behind a proxy, and what was stored as another connection sees it. */
async function open(url: string, name: string) {
  const temporary = await temporarySchema(url);
  const { schema, client } = temporary;
  const proxy = await StallingProxy.start(url);
  const way = await WAYS[name]!(proxy.url, schema);
  const store = new PgBossJobStore(way.connect, schema);
  await store.open();
  return {
    store,
    proxy,
    async stored() {
      const { rows } = await client.query<{ data: { stored: never } }>(
        `select data from ${schema}.job order by created_on, id`,
      );
      return textsOf(rows.map(({ data }) => data));
    },
    async [Symbol.asyncDispose]() {
      proxy.resume();
      await store.close();
      await way.close?.();
      await proxy[Symbol.asyncDispose]();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

const sockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
const until = (what: string, condition: () => unknown) => eventually(what, condition, PATIENCE_MS);

await describeWithPostgres('an inbox on a network that drops everything', (url) => {
  it.each(Object.keys(WAYS))(
    'gives up each statement, and goes on later, with %s',
    async (name) => {
      await using scene = await open(url, name);
      const { store, proxy } = scene;
      await store.insert([jobOf('a', 'before')]);
      const [first] = await store.claim(1);
      proxy.stall();
      const calls = {
        insert: store.insert([jobOf('a', 'given up')]),
        renew: store.renew([first!]),
        count: store.backlog(),
        letters: store.deadLetters.list(),
      };
      const results = await Promise.allSettled(Object.values(calls));
      expect(results.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
      // Nor does one that cannot get a connection any more.
      await expect(store.clockMs()).rejects.toThrow(/./);
      proxy.resume();
      const goesOn = () => store.insert([jobOf('a', 'after')]).catch(() => undefined);
      await until('it stores again', goesOn);
      expect(await scene.stored()).toEqual(['before', 'after']);
    },
  );

  it.each(Object.keys(WAYS))('does not know what a silent commit did, with %s', async (name) => {
    await using scene = await open(url, name);
    const { store, proxy } = scene;
    const job = jobOf('a', 'once');
    proxy.stallAfter(/commit/i);
    await expect(store.insert([job])).rejects.toThrow(OutcomeUnknownError);
    proxy.resume();
    let stored: ReadonlySet<string> | undefined;
    await until('it answers', async () => {
      stored = await store.findStored([job]).catch(() => undefined);
      return stored;
    });
    expect(stored).toEqual(new Set([job.id]));
    expect(await store.insert([{ ...job, id: jobOf('a', '').id }])).toEqual(new Set());
    expect(await scene.stored()).toEqual(['once']);
  });

  it.each(['a connection string', 'a pool'])(
    'lets a handler take longer with a statement and with its transaction, with %s',
    async (name) => {
      await using scene = await open(url, name);
      const { store } = scene;
      await store.insert([jobOf('a', 'slow')]);
      const [claimed] = await store.claim(1);
      const sleep = `select pg_sleep(${(LIMIT_MS * 1.5) / 1000}), 7 as seven`;
      const answer = await store.transaction(
        claimed!,
        'handler',
        async (transaction) => {
          const run = transaction as {
            readonly executeSql?: (text: string) => Promise<{ rows: unknown[] }>;
            readonly query?: (text: string) => Promise<{ rows: unknown[] }>;
          };
          return run.executeSql ? run.executeSql(sleep) : run.query!(sleep);
        },
        new AbortController().signal,
      );
      expect(answer.rows).toMatchObject([{ seven: 7 }]);
      expect(await store.hasSucceeded(claimed!, 'handler')).toBe(true);
    },
  );

  it('leaves a pool with connections that work', async () => {
    await using temporary = await temporarySchema(url);
    await using proxy = await StallingProxy.start(url);
    const pool = new Pool({ connectionString: proxy.url, max: 2 });
    const store = new PgBossJobStore(postgres.pool(pool, LIMIT_MS), temporary.schema);
    await store.open();
    proxy.stall();
    const both = [store.clockMs(), store.insert([jobOf('a', 'given up')])];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(
      Array(2).fill('rejected'),
    );
    await until('the silent connections are dropped', () => pool.totalCount === 0);
    proxy.resume();
    const pids = await Promise.all(
      [1, 2, 3, 4].map(() => pool.query('select pg_backend_pid() as pid')),
    );
    expect(pids).toHaveLength(4);
    await store.close();
    await pool.end();
  });

  it('does not run what was given up when its connection comes late', async () => {
    await using temporary = await temporarySchema(url);
    const pool = new Pool({ connectionString: url, max: 1 });
    const store = new PgBossJobStore(postgres.pool(pool, LIMIT_MS), temporary.schema);
    await store.open();
    const taken = await pool.connect();
    const job = jobOf('a', 'given up');
    await expect(store.insert([job])).rejects.toThrow('did not answer for 2 seconds');
    taken.release();
    expect(await store.findStored([job])).toEqual(new Set());
    await store.close();
    await pool.end();
  });

  it('stores once what its commit left open, and acknowledges it', async () => {
    await using scene = await open(url, 'a connection string');
    await using harness = await PollingHarness.start();
    const handled: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText() {
        handled.push('handled');
      }
    }
    const inbox = new JobStoreInbox(scene.store, settingsOf({ role: 'receiver' }));
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: undefined, inbox });
    scene.proxy.stallAfter(/commit/i);
    harness.instance.publish(harness.instance.build.incomingText('order'));
    await until('it is stalled', () => scene.proxy.isStalled);
    await new Promise((resolve) => setTimeout(resolve, LIMIT_MS * 1.5));
    scene.proxy.resume();
    await until('it is stored', () => moduleOf(app).status.stored === 1);
    await harness.instance.drained();
    expect(await scene.stored()).toHaveLength(1);
  });

  it('stops and closes in a time of its own', async () => {
    await using temporary = await temporarySchema(url);
    await using proxy = await StallingProxy.start(url);
    await using harness = await PollingHarness.start();
    const finish = new Deferred<void>();
    let running = 0;
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText() {
        running += 1;
        await finish.promise;
      }
    }
    const { schema } = temporary;
    const before = sockets();
    const inbox = pgBossInbox({ connectionString: proxy.url, schema });
    const app = await harness.run(
      { providers: [Inbox] },
      { deadLetters: undefined, inbox, shutdownTimeoutMs: 500 },
    );
    const { instance } = harness;
    instance.publish(instance.build.incomingText('one', { chatId: '1@c.us' }));
    await until('its handler runs', () => running === 1);
    proxy.stall();
    instance.publish(instance.build.incomingText('two', { chatId: '2@c.us' }));
    const startedAtMs = performance.now();
    await app.close();
    // Less than a statement may take.
    expect(performance.now() - startedAtMs).toBeLessThan(18_000);
    await until(
      'its own ends of the connections are gone',
      () => sockets() === before + proxy.size,
    );
  });
});
