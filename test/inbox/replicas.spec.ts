import { pgBossInbox } from '@green-notifications/inbox';
import { ChatId, OnNotification, Text } from '@green-notifications/nestjs';
import { expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { eventually } from '../road/support/eventually.js';
import { WebhookHarness } from '../webhook/webhook.harness.js';

jest.setTimeout(120_000);

const CHATS = Array.from({ length: 20 }, (_, chat) => `7900000${100 + chat}@c.us`);
const TEXTS = Array.from({ length: 50 }, (_, text) => `text ${text}`);

await describeWithPostgres('two replicas that get each POST at the same moment', (url) => {
  it('answer 200, and one of them handles it, in the order of its chat', async () => {
    await using temporary = await temporarySchema(url);
    await using harness = await WebhookHarness.start('fastify');
    const handled = new Map<string, string[]>();
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onText(@ChatId() chat: string, @Text() text: string) {
        handled.set(chat, [...(handled.get(chat) ?? []), text]);
      }
    }
    const { schema } = temporary;
    const run = () =>
      harness.run(
        { providers: [Inbox] },
        { inbox: pgBossInbox({ connectionString: url, schema }), deadLetters: undefined },
      );
    const replicas = [await run(), await run()];
    const statuses: number[] = [];
    const say = async (chatId: string, text: string) => {
      const body = harness.instance.build.incomingText(text, { chatId });
      const answers = await Promise.all(replicas.map((replica) => harness.post(replica.url, body)));
      statuses.push(...answers.map(({ status }) => status));
    };
    await Promise.all(
      CHATS.map(async (chat) => {
        for (const text of TEXTS) await say(chat, text);
      }),
    );
    const count = CHATS.length * TEXTS.length;
    expect(statuses.filter((status) => status === 200)).toHaveLength(2 * count);
    const total = () => [...handled.values()].flat().length;
    await eventually(
      () => `all are handled, not ${total()}`,
      () => total() >= count,
      60_000,
    );
    await eventually('none is left', async () => {
      const { rows } = await temporary.client.query(`select from ${schema}.job`);
      return rows.length === 0;
    });
    expect(Object.fromEntries(handled)).toEqual(
      Object.fromEntries(CHATS.map((chat) => [chat, TEXTS])),
    );
  });
});
