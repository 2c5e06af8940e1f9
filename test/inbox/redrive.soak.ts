import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { inMemoryInbox, pgBossInbox, type PgBossInboxOptions } from '@green-notifications/inbox';
import {
  Ctx,
  GreenNotificationsModule,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import type { Inbox as InboxPort } from '@green-notifications/nestjs/spi';
import { describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { eventually } from '../road/support/eventually.js';
import { PollingHarness } from '../support/polling.harness.js';
import { unhandledLetter } from '../support/unhandled.letter.js';
import { lettersInDatabase } from './support/letters.js';
import { moduleOf } from './support/scene.js';
import { type Way, WAYS } from './support/ways.js';

// PGlite takes seconds to create a directory, and longer on a busy machine.
jest.setTimeout(120_000);

const LETTER = unhandledLetter('order', '1@c.us');
type Temporary = Awaited<ReturnType<typeof temporarySchema>>;
const retry = { attempts: 3, backoff: { initialMs: 20, maxMs: 20 } };

/** An application with this inbox, which holds letters, and whose handler does what the test says. */
async function appWith(
  inbox: InboxPort,
  handle: (context: NotificationContext) => Promise<unknown>,
  letters = [LETTER],
) {
  const harness = await PollingHarness.start();
  @Injectable()
  class Inbox {
    @OnNotification('incomingMessageReceived')
    onText(@Ctx() context: NotificationContext) {
      return handle(context);
    }
  }
  const options = {
    ...harness.options({ retry, shutdownTimeoutMs: 200 }),
    deadLetters: undefined,
    inbox,
  };
  const app = await harness.runModule({
    imports: [GreenNotificationsModule.forRoot(options)],
    providers: [Inbox],
  });
  await inbox.deadLetters.put(letters);
  return { harness, app, deadLetters: moduleOf(app).deadLetters };
}

/** A transaction of the test, which writes down how it ends. */
function fakeTransaction() {
  const log: unknown[] = [];
  const run = async (work: (transaction: unknown) => Promise<void>) => {
    try {
      await work('fake');
      log.push('commit');
    } catch (error) {
      log.push('rollback');
      throw error;
    }
  };
  return { log, run };
}

describe('an inbox in memory with a transaction of the test', () => {
  it('gives it to a redrive, and discards the letter with the commit', async () => {
    const { log, run } = fakeTransaction();
    const inbox = inMemoryInbox({ transaction: run });
    const { harness, deadLetters } = await appWith(inbox, (context) =>
      context.transaction(async (transaction) => {
        log.push(transaction);
        if (context.attempt === 1) throw new Error('no');
      }),
    );
    await using _ = harness;
    expect(await deadLetters.redrive(LETTER.id)).toMatchObject({ result: 'acknowledged' });
    expect(log).toEqual(['fake', 'rollback', 'fake', 'commit']);
    expect(await deadLetters.list()).toEqual([]);
  });

  it('gives it to the handler of what arrives', async () => {
    const { log, run } = fakeTransaction();
    const { harness, app } = await appWith(inMemoryInbox({ transaction: run }), (context) =>
      context.transaction(async (transaction) => {
        log.push(transaction);
        if (context.attempt === 1) throw new Error('no');
      }),
    );
    await using _ = harness;
    harness.instance.publish(harness.instance.build.incomingText('order'));
    await eventually('it is done', () => moduleOf(app).status.acknowledged === 1, 20_000);
    expect(log).toEqual(['fake', 'rollback', 'fake', 'commit']);
  });
});

await describeWithPostgres('a redrive with the transaction of its inbox', (url) => {
  it.each(Object.keys(WAYS))('has its effect exactly once, through %s', async (name) => {
    await using temporary = await temporarySchema(url);
    const { schema } = temporary;
    const way = await WAYS[name]!(url, schema);
    const attempts: string[] = [];
    {
      const inbox = pgBossInbox({ ...way.place, schema });
      const { harness, deadLetters } = await appWith(inbox, async (context) => {
        const { attempt } = context;
        await context.transaction(async (transaction) => {
          await createOrders(way, transaction, schema);
          await way.run(transaction, `insert into ${schema}.orders values (${attempt})`);
          attempts.push(`transaction ${attempt}`);
          if (attempt === 1) throw new Error('rolled back');
        });
        attempts.push(`committed ${attempt}`);
        throw new Error('too late to fail');
      });
      await using _ = harness;
      expect(await deadLetters.redrive(LETTER.id)).toMatchObject({ result: 'acknowledged' });
      expect(attempts).toEqual(['transaction 1', 'transaction 2', 'committed 2']);
      expect(await deadLetters.list()).toEqual([]);
      await expect(deadLetters.redrive(LETTER.id)).rejects.toMatchObject({ isGone: true });
    }
    expect(await read(way, temporary, `select attempt from ${schema}.orders`)).toEqual([
      { attempt: 2 },
    ]);
    await way.close?.();
  });

  it.each(Object.keys(WAYS))('stays if its handler gives up, through %s', async (name) => {
    await using temporary = await temporarySchema(url);
    const { schema } = temporary;
    const way = await WAYS[name]!(url, schema);
    {
      const inbox = pgBossInbox({ ...way.place, schema });
      const { harness, deadLetters } = await appWith(inbox, (context) =>
        context.transaction(async (transaction) => {
          await createOrders(way, transaction, schema);
          throw new Error('still broken');
        }),
      );
      await using _ = harness;
      expect(await deadLetters.redriveAll()).toMatchObject({
        failed: [{ letterId: LETTER.id, reason: 'still broken' }],
      });
      expect(await deadLetters.list()).toMatchObject([
        { attempts: 3, error: { message: 'still broken' } },
      ]);
    }
    await expect(read(way, temporary, `select attempt from ${schema}.orders`)).rejects.toThrow(
      /does not exist/,
    );
    await way.close?.();
  });

  it('commits nothing if another process has dealt with the letter, which does not return', async () => {
    await using temporary = await temporarySchema(url);
    const { schema, client } = temporary;
    await client.query(`create schema ${schema}; create table ${schema}.orders (attempt int)`);
    const inbox = pgBossInbox({ connectionString: url, schema });
    let runs = 0;
    const { harness, deadLetters } = await appWith(inbox, async (context) => {
      runs += 1;
      await context.transaction<{ executeSql(text: string): Promise<unknown> }>(async (sql) => {
        await sql.executeSql(`insert into ${schema}.orders values (${runs})`);
        await client.query(`delete from ${schema}.inbox_letters`);
      });
    });
    await using _ = harness;
    await expect(deadLetters.redrive(LETTER.id)).rejects.toMatchObject({
      code: 'REDRIVE',
      isGone: true,
    });
    expect(runs).toBe(1);
    expect((await client.query(`select * from ${schema}.orders`)).rows).toEqual([]);
    expect(await lettersInDatabase(url, schema)).toEqual([]);
  });

  it('that fails does not bring back a letter that another process has dealt with', async () => {
    await using temporary = await temporarySchema(url);
    const { schema, client } = temporary;
    const inbox = pgBossInbox({ connectionString: url, schema });
    const { harness, deadLetters } = await appWith(inbox, async () => {
      await client.query(`delete from ${schema}.inbox_letters`);
      throw new Error('no');
    });
    await using _ = harness;
    await deadLetters.redrive(LETTER.id);
    expect(await lettersInDatabase(url, schema)).toEqual([]);
  });

  it('counts as handled if its transaction was committed before receiving stopped', async () => {
    await using temporary = await temporarySchema(url);
    const inbox = pgBossInbox({ connectionString: url, schema: temporary.schema });
    let stop: () => unknown = () => undefined;
    const { harness, deadLetters, app } = await appWith(inbox, async (context) => {
      await context.transaction(async () => undefined);
      stop();
      await new Promise(() => {});
    });
    await using _ = harness;
    stop = () => void moduleOf(app).stop();
    expect(await deadLetters.redrive(LETTER.id)).toMatchObject({ result: 'acknowledged' });
    expect(await lettersInDatabase(url, temporary.schema)).toEqual([]);
  });

  it.each(['a connection string', 'a directory'])(
    'is not repeated if its process ends after the commit, through %s',
    async (name) => {
      await using temporary = await temporarySchema(url);
      const { schema } = temporary;
      const way = await WAYS[name]!(url, schema);
      const place: PgBossInboxOptions = { ...way.place, schema };
      const inbox = pgBossInbox(place);
      await inbox.open({ find: () => undefined, deliver: () => Promise.reject(new Error('none')) });
      await inbox.deadLetters.put([LETTER]);
      await inbox.close();
      expect(await redriveInProcess(place)).toBe('SIGKILL');
      expect(await read(way, temporary, `select attempt from ${schema}.orders`)).toHaveLength(1);
      expect(await read(way, temporary, `select id from ${schema}.inbox_letters`)).toEqual([]);
      await way.close?.();
    },
  );
});

const createOrders = (way: Way, transaction: unknown, schema: string) =>
  way.run(transaction, `create table if not exists ${schema}.orders (attempt int)`);

/** Reads without the product. */
async function read(way: Way, { client }: Temporary, text: string): Promise<readonly unknown[]> {
  return way.read ? way.read(text) : (await client.query(text)).rows;
}

/** Redrives all letters in another process, until the end of it. */
async function redriveInProcess(place: PgBossInboxOptions): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@green-notifications/source',
      '--import',
      '@swc-node/register/esm-register',
      'test/inbox/support/redrive.process.ts',
    ],
    { env: { PATH: process.env['PATH'], INBOX: JSON.stringify(place) } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return signal ?? `it was not killed: ${output}`;
}
