import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { inMemoryInbox } from '@green-notifications/inbox';
import {
  Ctx,
  fileToSend,
  GreenApiError,
  GreenApiNetworkError,
  GreenNotifications,
  GreenNotificationsModule,
  type IncomingMessage,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import {
  incomingText,
  InMemoryDeadLetterStore,
  NotATestApplicationError,
  NotificationTestBed,
  replaceTransport,
  type TestTransaction,
} from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../support/canary.js';
import { RecordingLogger } from '../support/recording.logger.js';

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  async onText({ messageData }: IncomingMessage<'textMessage'>, @Ctx() ctx: NotificationContext) {
    const { textMessage } = messageData.textMessageData;
    if (textMessage === 'boom') throw new Error('boom');
    return ctx.reply(textMessage.toUpperCase(), { quote: true });
  }
}

const chatId = '79990000000@c.us';

describe('NotificationTestBed', () => {
  it('delivers to handlers, and tells what they did and sent', async () => {
    await using bed = await NotificationTestBed.create({ providers: [Inbox] });
    const hi = incomingText('hi', { chatId });
    expect(await bed.deliver(hi)).toMatchObject({
      result: 'acknowledged',
      handlers: ['Inbox.onText'],
      results: ['SENT1'],
      errors: [],
      runs: [{ handler: 'Inbox.onText', attempt: 1 }],
    });
    expect(bed.sent).toEqual([
      { idInstance: '1101000001', chatId, message: 'HI', quotedMessageId: hi.idMessage },
    ]);
  });

  it('makes one attempt for each delivery, and tells what failed', async () => {
    await using bed = await NotificationTestBed.create(
      { providers: [Inbox] },
      { override: (builder) => builder.setLogger(new RecordingLogger()) },
    );
    const boom = incomingText('boom');
    for (const attempt of [1, 2]) {
      expect(await bed.deliver(boom)).toMatchObject({
        result: 'retry',
        errors: [{ message: 'boom' }],
        runs: [{ attempt }],
      });
    }
  });

  it('gives a handler the transaction of the test, and rolls back if it throws', async () => {
    const log: string[] = [];
    @Injectable()
    class Orders {
      @OnNotification('incomingMessageReceived')
      async onOrder(@Ctx() ctx: NotificationContext) {
        const written = await ctx.transaction(async (transaction: string[]) => {
          transaction.push(`order ${ctx.attempt}`);
          if (ctx.attempt === 1) throw new Error('too early');
          return transaction.length;
        });
        if (ctx.attempt === 2) throw new Error('too late');
        return written;
      }
    }
    await using bed = await NotificationTestBed.create(
      { providers: [Orders] },
      { override: (builder) => builder.setLogger(new RecordingLogger()) },
    );
    const rows: string[] = [];
    const transaction: TestTransaction = async (work) => {
      const draft: string[] = [];
      await work(draft).catch((error: Error) => {
        log.push(`rollback: ${error.message}`);
        throw error;
      });
      rows.push(...draft);
    };
    const order = incomingText('order');
    expect(await bed.deliver(order, { transaction })).toMatchObject({
      result: 'retry',
      errors: [{ message: 'too early' }],
    });
    expect([rows, log]).toEqual([[], ['rollback: too early']]);
    // What it does after the commit does not change its result.
    expect(await bed.deliver(order, { transaction })).toMatchObject({ result: 'acknowledged' });
    expect(rows).toEqual(['order 2']);
    expect(await bed.deliver(incomingText('other'))).toMatchObject({
      errors: [{ code: 'NO_INBOX' }],
    });
  });

  it('lets GREEN-API refuse, so that a test can see what the handler makes of it', async () => {
    await using bed = await NotificationTestBed.create(
      { providers: [Inbox] },
      { override: (builder) => builder.setLogger(new RecordingLogger()) },
    );
    bed.answerNext('sendMessage', { status: 500, body: { message: 'out of order' } });
    const hi = incomingText('hi');
    expect(await bed.deliver(hi)).toMatchObject({ errors: [expect.any(GreenApiError)] });
    expect(await bed.deliver(hi)).toMatchObject({ result: 'acknowledged' });
    expect(bed.calls.map(({ method }) => method)).toEqual(['sendMessage', 'sendMessage']);
  });

  it('answers and records whatever the application calls', async () => {
    await using bed = await NotificationTestBed.create({ providers: [Inbox] });
    const { client } = bed.get(GreenNotifications).instance();
    const file = fileToSend(Readable.from(['hel', 'lo']), 'hello.txt');
    const place = { chatId, latitude: 0, longitude: 0, of: ['a'] };
    expect(await client.call('sendLocation', place)).toEqual({ idMessage: 'SENT1' });
    expect(await client.call('sendFileByUpload', { chatId, file })).toEqual({ idMessage: 'SENT2' });
    expect(await client.call('sendTyping', { chatId })).toBeUndefined();
    expect(await client.call('getContactInfo', { chatId })).toMatchObject({ name: '' });
    bed.answerNext('getContactInfo', { status: 200, body: { name: 'Ann' } });
    expect(await client.call('getContactInfo', { chatId })).toEqual({ name: 'Ann' });
    expect(await client.call('aMethodOfTomorrow')).toEqual({});

    const about = { idInstance: '1101000001', method: 'getContactInfo', body: { chatId } };
    expect(bed.calls).toMatchObject([
      { method: 'sendLocation', body: place },
      { method: 'sendFileByUpload', body: { chatId, file: { name: 'hello.txt' } } },
      { method: 'sendTyping', body: { chatId } },
      about,
      about,
      { method: 'aMethodOfTomorrow', body: undefined },
    ]);
    expect(await (bed.calls[1]!.body as { file: File }).file.text()).toBe('hello');
    expect(bed.sent).toEqual([]);
  });

  it('lets a call fail without an answer', async () => {
    await using bed = await NotificationTestBed.create({ providers: [Inbox] });
    const { client } = bed.get(GreenNotifications).instance();
    const file = fileToSend(Buffer.from('hello'), 'hello.txt');
    bed.answerNext('sendFileByUpload', new Error('the cable is cut'));
    bed.answerNext('readChat', new Error('the cable is cut'));
    for (const call of [
      client.call('sendFileByUpload', { chatId, file }),
      client.call('readChat', { chatId }),
    ]) {
      await expect(call).rejects.toThrow(GreenApiNetworkError);
    }
    expect(await client.call('readChat', { chatId })).toEqual({ setRead: true });
  });

  it('drives an application as it is, cut off from GREEN-API, without a single connection', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const apiUrl = `http://127.0.0.1:${port}`;
    @Module({
      imports: [
        GreenNotificationsModule.forRootAsync({
          useFactory: () => ({
            settings: 'apply' as const,
            instances: [
              { idInstance: 2201000001, apiTokenInstance: CANARY_TOKEN, apiUrl, name: 'shop' },
              { idInstance: 2201000002, apiTokenInstance: CANARY_TOKEN, apiUrl, name: 'help' },
            ],
          }),
        }),
      ],
      providers: [Inbox],
    })
    class AppModule {}

    const builder = replaceTransport(Test.createTestingModule({ imports: [AppModule] }));
    const module = await builder.setLogger(new RecordingLogger()).compile();
    const app = module.createNestApplication();
    await expect(NotificationTestBed.of(app).deliver(incomingText('hi'))).rejects.toThrow(
      /call "await app.init\(\)" first/,
    );
    await using bed = NotificationTestBed.of(await app.init());
    await bed.deliver(incomingText('to the first'));
    await bed.deliver(incomingText('to the second'), { instance: 'help' });
    await bed.deliver(incomingText('to its own', { idInstance: 2201000002 }));
    await expect(bed.deliver(incomingText('to none'), { instance: 'x' })).rejects.toThrow(
      NotATestApplicationError,
    );
    const { instances } = bed.get(GreenNotifications);
    await instances[0]!.client.receiveNotification({ receiveTimeoutSeconds: 5 });

    expect(bed.sent.map(({ idInstance }) => idInstance)).toEqual([
      '2201000001',
      '2201000002',
      '2201000002',
    ]);
    expect(connections).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('keeps the dead letters of an application in memory, and says that it has no inbox', async () => {
    const file = join(tmpdir(), `letters-${process.pid}.jsonl`);
    const logger = new RecordingLogger();
    const builder = Test.createTestingModule({
      imports: [
        GreenNotificationsModule.forRoot({
          instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN }],
          retry: { attempts: 1 },
          deadLetters: { file },
          inbox: inMemoryInbox(),
        }),
      ],
      providers: [Inbox],
    });
    const module = await replaceTransport(builder).setLogger(logger).compile();
    await using bed = NotificationTestBed.of(await module.init());
    expect(await bed.deliver(incomingText('boom'))).toMatchObject({ result: 'dead-lettered' });
    expect(await bed.get(GreenNotifications).deadLetters.list()).toHaveLength(1);
    expect(existsSync(file)).toBe(false);
    const [warning, ...others] = logger.having('WARN', 'The option inbox has no effect');
    expect(warning).toMatch(/inMemoryInbox\(\{ transaction \}\)/);
    expect(warning).toMatch(/bed\.deliver\(notification, \{ transaction \}\)/);
    expect(others).toEqual([]);
  });

  it('keeps dead letters where the options of the test bed say', async () => {
    const store = new InMemoryDeadLetterStore();
    await using bed = await NotificationTestBed.create(
      { providers: [Inbox] },
      {
        options: { retry: { attempts: 1 }, deadLetters: { store } },
        override: (builder) => builder.setLogger(new RecordingLogger()),
      },
    );
    await bed.deliver(incomingText('boom'));
    expect(await store.list()).toHaveLength(1);
  });

  it('drives an application that takes webhooks', async () => {
    const builder = Test.createTestingModule({
      imports: [
        GreenNotificationsModule.forRoot({
          transport: 'webhook',
          webhook: { token: 'secret-of-the-webhook' },
          instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN }],
        }),
      ],
      providers: [Inbox],
    });
    const module = await replaceTransport(builder).setLogger(new RecordingLogger()).compile();
    await using bed = NotificationTestBed.of(await module.createNestApplication().init());
    expect(await bed.deliver(incomingText('hi'))).toMatchObject({ handlers: ['Inbox.onText'] });
  });

  it('refuses an application that would poll', async () => {
    const module = await Test.createTestingModule({
      imports: [
        GreenNotificationsModule.forRoot({
          instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN }],
        }),
      ],
    }).compile();
    expect(() => NotificationTestBed.of(module)).toThrow(/replaceTransport\(\)/);
    await module.close();
  });
});
