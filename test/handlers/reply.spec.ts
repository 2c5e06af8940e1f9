import { Readable } from 'node:stream';

import {
  Ctx,
  fileToSend,
  NotificationContext,
  OnNotification,
  type ReplyContent,
  type ReplyOptions,
} from '@green-notifications/nestjs';
import {
  incomingText,
  NotificationTestBed,
  stateInstanceChanged,
} from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../support/deferred.js';
import { PollingHarness } from '../support/polling.harness.js';
import { RecordingLogger } from '../support/recording.logger.js';

const chatId = '79990000000@c.us';
const message = incomingText('hello', { chatId, idMessage: 'ASKED' });

type Run = (context: NotificationContext) => unknown;

function handlerOf(run: Run) {
  @Injectable()
  class Shop {
    @OnNotification(['incomingMessageReceived', 'stateInstanceChanged'])
    onText(@Ctx() context: NotificationContext) {
      return run(context);
    }
  }
  return Shop;
}

async function bedOf(run: Run, logs = new RecordingLogger()) {
  return NotificationTestBed.create(
    { providers: [handlerOf(run)] },
    { override: (builder) => builder.setLogger(logs) },
  );
}

const MENU = { url: 'https://example.com/menu.pdf', name: 'menu.pdf' };

describe('a reply', () => {
  it.each<[string, ReplyContent, ReplyOptions, object]>([
    ['sendMessage', { text: 'a' }, {}, { message: 'a' }],
    ['sendMessage', { text: 'a', linkPreview: false }, {}, { message: 'a', linkPreview: false }],
    [
      'sendFileByUrl',
      { file: MENU, caption: 'Today' },
      { quote: true },
      { urlFile: MENU.url, fileName: MENU.name, caption: 'Today', quotedMessageId: 'ASKED' },
    ],
    [
      'sendLocation',
      { location: { latitude: 52.5, longitude: 13.4, name: 'here', address: 'Street 1' } },
      { quote: true },
      {
        latitude: 52.5,
        longitude: 13.4,
        nameLocation: 'here',
        address: 'Street 1',
        quotedMessageId: 'ASKED',
      },
    ],
    [
      'sendPoll',
      { poll: 'Pizza?', options: ['yes', 'no'], multipleAnswers: true },
      {},
      {
        message: 'Pizza?',
        options: [{ optionName: 'yes' }, { optionName: 'no' }],
        multipleAnswers: true,
      },
    ],
    [
      'sendContact',
      { contact: { phone: '+7 (999) 000-00-00', firstName: 'Ada', company: 'Engines' } },
      {},
      { contact: { phoneContact: 79990000000, firstName: 'Ada', company: 'Engines' } },
    ],
    ['sendContact', { contact: { chatId: '1' } }, {}, { contact: { chatId: '1' } }],
  ])('is sent by %s: %j', async (method, content, options, fields) => {
    await using bed = await bedOf((context) => context.reply(content, options));
    const { results } = await bed.deliver(message);
    expect(bed.calls).toEqual([{ method, idInstance: '1101000001', body: { chatId, ...fields } }]);
    expect(results).toEqual(['SENT1']);
  });

  it('can be a text without a preview', async () => {
    await using bed = await bedOf((context) =>
      context.reply('https://example.com', { linkPreview: false }),
    );
    await bed.deliver(message);
    expect(bed.calls).toMatchObject([{ body: { linkPreview: false } }]);
  });

  it.each([
    ['WhatsApp', 'whatsapp', [{ optionName: 'yes' }, { optionName: 'no' }]],
    ['Telegram', 'telegram', ['yes', 'no']],
    ['MAX', 'v3', [{ optionName: 'yes' }, { optionName: 'no' }]],
  ])('that is a poll has the form of %s', async (_, typeInstance, options) => {
    await using bed = await bedOf((context) =>
      context.reply({ poll: 'Pizza?', options: ['yes', 'no'] }),
    );
    const { instanceData } = message;
    await bed.deliver({ ...message, instanceData: { ...instanceData, typeInstance } });
    expect(bed.calls).toMatchObject([{ method: 'sendPoll', body: { options } }]);
  });

  it('that is a file is uploaded', async () => {
    await using bed = await bedOf((context) =>
      context.reply({
        file: fileToSend(Readable.from(['hel', 'lo']), 'hello.txt', { type: 'text/plain' }),
        caption: 'Hi',
      }),
    );
    await bed.deliver(message);
    const { method, body } = bed.calls[0] as { method: string; body: { file: File } };
    expect([method, await body.file.text()]).toEqual(['sendFileByUpload', 'hello']);
    expect(body).toMatchObject({ chatId, fileName: 'hello.txt', caption: 'Hi' });
  });

  it('that is a file is not read again, but closed, when it was sent before', async () => {
    const logs = new RecordingLogger();
    const streams: Readable[] = [];
    await using bed = await bedOf(async (context) => {
      const stream = Readable.from(['content ', String(streams.length)]);
      streams.push(stream);
      await context.reply({ file: fileToSend(stream, 'a.txt', { sizeBytes: 9 }) });
      throw new Error('the shop is closed');
    }, logs);
    await bed.deliver(message);
    await bed.deliver(message);
    expect(bed.calls).toHaveLength(1);
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect(streams[1]!.readableDidRead).toBe(false);
    expect(logs.having('WARN', 'did not send reply')).toEqual([]);
  });

  it('that is a file is closed if there is no chat to send it to', async () => {
    const stream = Readable.from(['content']);
    await using bed = await bedOf((context) =>
      context.reply({ file: fileToSend(stream, 'a.txt') }),
    );
    expect((await bed.deliver(stateInstanceChanged('authorized'))).errors).toMatchObject([
      { code: 'NO_CHAT' },
    ]);
    expect(stream.destroyed).toBe(true);
  });

  it('with another file on a later attempt is not sent, and the log says so', async () => {
    const logs = new RecordingLogger();
    await using bed = await bedOf(async (context) => {
      await context.reply({ file: fileToSend(Buffer.from('a'), `${context.attempt}.txt`) });
      throw new Error('not yet');
    }, logs);
    await bed.deliver(message);
    await bed.deliver(message);
    expect(bed.calls).toHaveLength(1);
    expect(logs.having('WARN', 'did not send reply 1 on attempt 2')).toHaveLength(1);
  });

  it.each([
    ['nothing', {}, 'has none of them'],
    ['two things', { poll: 'a', options: ['b'], text: 'c' }, 'has text and poll'],
  ])('of %s is refused', async (_, content, problem) => {
    await using bed = await bedOf((context) => context.reply(content as ReplyContent));
    const { errors } = await bed.deliver(message);
    expect(errors).toMatchObject([
      { code: 'INVALID_REPLY', message: expect.stringContaining(problem) },
    ]);
    expect(bed.calls).toEqual([]);
  });

  it.each<[string, (context: NotificationContext) => Promise<string>]>([
    ['a poll', (context) => context.reply({ poll: 'Pizza?', options: ['yes', 'no'] })],
    ['an uploaded file', (context) => context.reply({ file: new File(['hi'], 'hi.txt') })],
    ['a location', (context) => context.reply({ location: { latitude: 0, longitude: 0 } })],
    ['a contact', (context) => context.reply({ contact: { phone: 79990000000, firstName: 'A' } })],
    ['a file', (context) => context.reply({ file: MENU }, { typingMs: 3000 })],
  ])('that is %s arrives once at GREEN-API, in five attempts', async (_, reply) => {
    await using harness = await PollingHarness.start();
    const fifth = new Deferred();
    const ids = new Set<string>();
    const shop = handlerOf(async (context) => {
      ids.add(await reply(context));
      if (context.attempt < 5) throw new Error('the shop is closed');
      fifth.resolve();
    });
    await harness.run({ providers: [shop] });
    const entry = harness.instance.publish(harness.instance.build.incomingText('hello'));
    await fifth.promise;
    await entry.deleted;
    const sent = harness.instance.calls.filter(({ idMessage }) => idMessage !== undefined);
    expect(sent).toHaveLength(1);
    expect([...ids]).toEqual([sent[0]!.idMessage]);
  });
});

describe('a reply that is typed', () => {
  const typed: Run = (context) => context.reply('done', { typingMs: 2500.4 });

  it('shows it before, once, and not when the reply was sent before', async () => {
    await using bed = await bedOf(async (context) => {
      await typed(context);
      throw new Error('the shop is closed');
    });
    await bed.deliver(message);
    await bed.deliver(message);
    expect(bed.calls.map(({ method, body }) => [method, body])).toEqual([
      ['sendTyping', { chatId, typingTime: 2500 }],
      ['sendMessage', { chatId, message: 'done' }],
    ]);
  });

  it.each([
    [1, 1000],
    [60_000, 20_000],
  ])('for %s ms shows it for %s, which GREEN-API allows', async (typingMs, typingTime) => {
    await using bed = await bedOf((context) => context.reply('done', { typingMs }));
    await bed.deliver(message);
    expect(bed.calls[0]).toMatchObject({ method: 'sendTyping', body: { typingTime } });
  });

  it.each([
    ['refuses to show it', { status: 400 }],
    ['cannot be reached for it', new Error('the cable is cut')],
  ])('is sent if GREEN-API %s', async (_, answer) => {
    await using bed = await bedOf(typed);
    bed.answerNext('sendTyping', answer);
    expect((await bed.deliver(message)).result).toBe('acknowledged');
    expect(bed.sent).toHaveLength(1);
  });

  it('is sent through an emulator, whose answer to sendTyping is empty', async () => {
    await using harness = await PollingHarness.start();
    await harness.run({ providers: [handlerOf(typed)] });
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;
    expect(harness.instance.calls.map(({ method }) => method)).toEqual([
      'sendTyping',
      'sendMessage',
    ]);
  });
});
