import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Emulator, startEmulator } from '@green-notifications/emulator';
import { incomingText, NotificationTestBed } from '@green-notifications/nestjs/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../support/canary.js';
import { RecordingLogger } from '../support/recording.logger.js';
import { snippetsOf } from './markdown.snippets.js';

const WEBHOOK_TOKEN = `webhook-${CANARY_TOKEN}`;
let folder: string;

beforeAll(() => {
  // Inside the workspace, so that the packages are found.
  folder = mkdtempSync(join(process.cwd(), 'test/docs/recipes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The classes of the recipe that defines this one, as the page shows it. */
async function recipeWith(name: string): Promise<Record<string, Type>> {
  const found = snippetsOf('docs/recipes.md').find(({ code }) => code.includes(`class ${name} `));
  const file = join(folder, `${name.toLowerCase()}.ts`);
  writeFileSync(file, found!.code);
  return (await import(file)) as Record<string, Type>;
}

describe('the recipe with JWT and a throttler', () => {
  let emulator: Emulator;
  const before = { ...process.env };

  beforeEach(async () => {
    emulator = await startEmulator({
      instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN }],
      webhook: { pacingMs: 0 },
    });
    Object.assign(process.env, {
      JWT_SECRET: 'secret of the test',
      GREEN_API_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
      GREEN_API_INSTANCE: '1101000001',
      GREEN_API_TOKEN: CANARY_TOKEN,
      GREEN_API_URL: emulator.url,
    });
  });
  afterEach(async () => {
    process.env = before;
    await emulator.close();
  });

  it('guards and throttles its routes, and takes all webhooks', async () => {
    const { AppModule } = await recipeWith('JwtGuard');
    const logger = new RecordingLogger();
    const module = await Test.createTestingModule({ imports: [AppModule!] })
      .setLogger(logger)
      .compile();
    const app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const instance = emulator.instance(1101000001);
    instance.applySettings({
      webhookUrl: `${url}/green-api/webhook`,
      webhookUrlToken: WEBHOOK_TOKEN,
    });

    const posted = [1, 2, 3, 4, 5].map((number) =>
      instance.publish(instance.build.incomingText(`Hello ${number}`)),
    );
    await Promise.all(posted.map(({ deleted }) => deleted));
    expect(posted.map(({ handOuts }) => handOuts.length)).toEqual([1, 1, 1, 1, 1]);
    expect(instance.sentMessages).toHaveLength(5);

    const authorization = `Bearer ${await app.get(JwtService, { strict: false }).signAsync({})}`;
    const statusOf = async (headers: Record<string, string>) =>
      (await fetch(`${url}/orders`, { headers })).status;
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ authorization })).toBe(200);
    expect(await statusOf({ authorization })).toBe(200);
    expect(await statusOf({ authorization })).toBe(429);
    expect(logger.having('ERROR', '')).toEqual([]);
    await app.close();
  });
});

it('runs the menu bot: a state for each chat, kept over a failed reply', async () => {
  const { MenuBot, Conversations } = await recipeWith('MenuBot');
  await using bed = await NotificationTestBed.create(
    { providers: [MenuBot!, Conversations!] },
    { override: (builder) => builder.setLogger(new RecordingLogger()) },
  );
  const ann = (text: string) => incomingText(text, { chatId: '79001230001@c.us' });
  const bob = (text: string) => incomingText(text, { chatId: '79001230002@c.us' });
  await bed.deliver(ann('hi'));
  bed.answerNext('sendMessage', { status: 500 });
  await bed.deliverUntilSettled(ann('1'));
  await bed.deliver(bob('2'));
  await bed.deliver(ann('Two teas'));
  const answers = bed.sent.map(({ chatId, message }) => `${chatId[10]} ${message}`);
  expect(answers).toEqual([
    expect.stringMatching(/^1 Write 1/),
    '1 What would you like?', // refused by GREEN-API
    '1 What would you like?',
    '2 From nine to five.',
    expect.stringMatching(/^1 Ordered: Two teas/),
  ]);
});

it('ignores what is older than an hour', async () => {
  const { FreshOnly } = await recipeWith('FreshOnly');
  await using bed = await NotificationTestBed.create({ providers: [FreshOnly!] });
  const now = Math.floor(Date.now() / 1000);
  const old = await bed.deliver(incomingText('old', { timestamp: now - 3700 }));
  const fresh = await bed.deliver(incomingText('fresh', { timestamp: now - 3500 }));
  expect([old.outcome, fresh.outcome]).toMatchObject([
    { result: 'acknowledged', reason: 'unhandled' },
    { result: 'acknowledged', reason: 'handled' },
  ]);
  expect(bed.sent).toHaveLength(1);
});
