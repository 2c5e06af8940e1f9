import { pgBossInbox } from '@green-notifications/inbox';
import { Ctx, NotificationContext, OnNotification } from '@green-notifications/nestjs';
import { expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import type { Db } from 'pg-boss';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { eventually } from '../road/support/eventually.js';
import { Deferred } from '../support/deferred.js';
import { PollingHarness } from '../support/polling.harness.js';
import { moduleOf } from './support/scene.js';
import { WAYS } from './support/ways.js';

// PGlite takes seconds to create a directory, and longer on a busy machine.
jest.setTimeout(120_000);

await describeWithPostgres('a handler with the transaction of its inbox', (url) => {
  it.each(Object.keys(WAYS))('has its effect exactly once, through %s', async (name) => {
    await using temporary = await temporarySchema(url);
    const { schema } = temporary;
    const way = await WAYS[name]!(url, schema);
    const attempts: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onOrder(@Ctx() context: NotificationContext) {
        const { attempt } = context;
        await context.transaction(async (transaction) => {
          await way.run(transaction, `create table if not exists ${schema}.orders (attempt int)`);
          await way.run(transaction, `insert into ${schema}.orders values (${attempt})`);
          attempts.push(`transaction ${attempt}`);
          if (attempt === 1) throw new Error('rolled back');
        });
        attempts.push(`committed ${attempt}`);
        throw new Error('too late to fail');
      }

      @OnNotification('incomingMessageReceived')
      async onSlow(@Ctx() { attempt }: NotificationContext) {
        // So that the notification is delivered once more after the other handler has succeeded.
        if (attempt < 4) throw new Error('not yet');
      }
    }
    {
      await using harness = await PollingHarness.start();
      const inbox = pgBossInbox({ ...way.place, schema });
      const retry = { attempts: 10, backoff: { initialMs: 20, maxMs: 20 } };
      const app = await harness.run(
        { providers: [Inbox] },
        { deadLetters: undefined, retry, inbox },
      );
      harness.instance.publish(harness.instance.build.incomingText('order'));
      await eventually('it is done', () => moduleOf(app).status.acknowledged === 1, 20_000);
      expect(attempts).toEqual(['transaction 1', 'transaction 2', 'committed 2']);
      expect(harness.logs.having('ERROR', 'failed after its transaction')).toHaveLength(1);
    }
    const text = `select attempt from ${schema}.orders`;
    const rows = way.read ? await way.read(text) : (await temporary.client.query(text)).rows;
    expect(rows).toEqual([{ attempt: 2 }]);
    await way.close?.();
  });

  it('is tried again if its connection breaks, and the process goes on', async () => {
    await using temporary = await temporarySchema(url);
    const { schema, client } = temporary;
    await using harness = await PollingHarness.start();
    const attempts: number[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onOrder(@Ctx() context: NotificationContext) {
        attempts.push(context.attempt);
        await context.transaction<Db>(async (db) => {
          if (context.attempt > 1) return;
          const { rows } = await db.executeSql('select pg_backend_pid() as pid');
          await client.query('select pg_terminate_backend($1)', [(rows[0] as { pid: number }).pid]);
          await db.executeSql('select 1');
        });
      }
    }
    const inbox = pgBossInbox({ connectionString: url, schema });
    const retry = { attempts: 5, backoff: { initialMs: 50, maxMs: 50 } };
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: undefined, retry, inbox });
    harness.instance.publish(harness.instance.build.incomingText('order'));
    await eventually('it is done', () => moduleOf(app).status.acknowledged === 1, 20_000);
    expect(attempts).toEqual([1, 2]);
  });

  it('ends with its time-out, so that it holds up nobody', async () => {
    await using temporary = await temporarySchema(url);
    const { schema } = temporary;
    await using harness = await PollingHarness.start();
    const handled: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification(
        'incomingMessageReceived',
        { text: 'endless' },
        { timeoutMs: 200, attempts: 1 },
      )
      async onEndless(@Ctx() context: NotificationContext) {
        await context.transaction(() => new Promise<never>(() => {}));
      }

      @OnNotification('incomingMessageReceived', { text: 'good' })
      async onGood(@Ctx() context: NotificationContext) {
        await context.transaction(async () => handled.push('good'));
      }
    }
    const inbox = pgBossInbox({ connectionString: url, schema });
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: undefined, inbox });
    const { instance } = harness;
    for (let chat = 0; chat < 12; chat += 1) {
      instance.publish(instance.build.incomingText('endless', { chatId: `${chat}@c.us` }));
    }
    await eventually('all have given up', () => moduleOf(app).status.deadLettered === 12, 20_000);
    instance.publish(instance.build.incomingText('good', { chatId: '99@c.us' }));
    await eventually('the good one is handled', () => handled.length === 1, 20_000);
    expect(await moduleOf(app).deadLetters.list()).toHaveLength(12);
  });

  it('does not keep the inbox from storing and renewing, however many take their time', async () => {
    await using temporary = await temporarySchema(url);
    const { schema } = temporary;
    await using harness = await PollingHarness.start();
    const finish = new Deferred<void>();
    const lost: unknown[] = [];
    let open = 0;
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onOrder(@Ctx() context: NotificationContext) {
        context.signal.addEventListener('abort', () => lost.push(context.signal.reason));
        open += 1;
        await context.transaction(() => finish.promise);
      }
    }
    const inbox = pgBossInbox({ connectionString: url, schema, leaseMs: 1000 });
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: undefined, inbox });
    const { instance } = harness;
    const say = (chat: number) =>
      instance.publish(instance.build.incomingText('order', { chatId: `${chat}@c.us` }));
    for (let chat = 0; chat < 20; chat += 1) say(chat);
    await eventually('all handlers are at work', () => open === 20, 20_000);
    const startedAt = performance.now();
    // Longer than the lease.
    await eventually('leases were renewed', () => performance.now() - startedAt > 3000, 20_000);
    say(20);
    await eventually('it is stored', () => moduleOf(app).status.stored === 21, 20_000);
    expect(lost).toEqual([]);
    finish.resolve();
    await eventually('all are done', () => moduleOf(app).status.acknowledged === 21, 20_000);
  });

  it('is told that there is no inbox', async () => {
    await using harness = await PollingHarness.start();
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onOrder(@Ctx() context: NotificationContext) {
        await context.transaction(async () => undefined);
      }
    }
    await harness.run({ providers: [Inbox] });
    harness.instance.publish(harness.instance.build.incomingText('order'));
    await harness.logs.until('ERROR', 'set the option inbox');
    expect(harness.logs.having('ERROR', 'Inbox.onOrder uses ctx.transaction')).not.toEqual([]);
  });
});
