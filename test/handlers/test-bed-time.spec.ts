import {
  Ctx,
  GreenNotifications,
  HandlerTimeoutError,
  type IncomingMessage,
  NotificationContext,
  OnNotification,
  Reject,
  RetryAfter,
  Text,
} from '@green-notifications/nestjs';
import { incomingText, NotificationTestBed } from '@green-notifications/nestjs/testing';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { RecordingLogger } from '../support/recording.logger.js';

const OPENS_AT = Date.parse('2030-01-01T09:00:00Z');
const HOUR_MS = 3_600_000;

@Injectable()
class Shop {
  @OnNotification('incomingMessageReceived', { text: 'order' })
  onOrder(@Ctx() ctx: NotificationContext) {
    const untilOpenMs = OPENS_AT - Date.now();
    if (untilOpenMs > 0) throw new RetryAfter(Math.min(untilOpenMs, HOUR_MS));
    return ctx.reply('Ordered.');
  }

  @OnNotification('incomingMessageReceived', { text: /^fail/ })
  async onFailure(@Text() text: string, @Ctx() ctx: NotificationContext) {
    await ctx.reply('One moment.');
    if (text === 'fail always') throw new Error('always');
    if (text === 'fail at once') throw new Reject('at once');
    if (ctx.attempt < 3) throw new Error('not yet');
    await ctx.reply('Done.');
  }

  @OnNotification('incomingMessageReceived', { text: 'hang' }, { timeoutMs: 30_000, attempts: 1 })
  onHang() {
    return new Promise<void>(() => undefined);
  }

  @OnNotification('incomingMessageReceived', { text: 'flood' })
  async onFlood({ senderData: { chatId } }: IncomingMessage, { client }: NotificationContext) {
    for (let sent = 0; sent < 120; sent += 1) await client.sendMessage({ chatId, message: 'Hi' });
  }

  @OnNotification('incomingMessageReceived', { text: 'nap' })
  onNap() {
    return new Promise<string>((resolve) => setTimeout(() => resolve('rested'), HOUR_MS));
  }
}

const bedOf = (options = {}) =>
  NotificationTestBed.create(
    { providers: [Shop] },
    { options, override: (builder) => builder.setLogger(new RecordingLogger()) },
  );

afterEach(() => {
  jest.useRealTimers();
});

describe('deliverUntilSettled', () => {
  it('makes attempts until the handler succeeds, without waiting', async () => {
    await using bed = await bedOf({
      retry: { attempts: 5, backoff: { initialMs: HOUR_MS, jitter: 0, maxMs: 2 * HOUR_MS } },
    });
    const settled = await bed.deliverUntilSettled(incomingText('fail twice'));
    expect(settled.result).toBe('acknowledged');
    expect(settled.runs).toMatchObject([{ attempt: 3 }]);
    expect(settled.attempts.map(({ result, errors }) => [result, errors.length])).toEqual([
      ['retry', 1],
      ['retry', 1],
      ['acknowledged', 0],
    ]);
    expect(settled.waitsMs).toEqual([HOUR_MS, 2 * HOUR_MS]);
    expect(bed.sent.map(({ message }) => message)).toEqual(['One moment.', 'Done.']);
  });

  it.each([
    ['fail always', 5],
    ['fail at once', 1],
  ])('ends with the dead letter: %s', async (text, attempts) => {
    await using bed = await bedOf();
    const settled = await bed.deliverUntilSettled(incomingText(text));
    expect(settled.result).toBe('dead-lettered');
    expect(settled.attempts).toHaveLength(attempts);
    expect(await bed.get(GreenNotifications).deadLetters.list()).toMatchObject([{ attempts }]);
  });

  it.each([
    ['is stuck', { deadLetters: false }, 'fail always', 5],
    ['has no handler', { unhandled: 'retry' }, 'anything', 1],
  ])('ends where the notification %s', async (_how, options, text, attempts) => {
    await using bed = await bedOf(options);
    const settled = await bed.deliverUntilSettled(incomingText(text));
    expect(settled.result).toBe('retry');
    expect(settled.attempts).toHaveLength(attempts);
  });

  it('lets a test move its clock by each wait, without fake timers', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(OPENS_AT - 2.5 * HOUR_MS);
    try {
      await using bed = await bedOf();
      const settled = await bed.deliverUntilSettled(incomingText('order'), {
        wait: (ms) => void now.mockReturnValue(Date.now() + ms),
      });
      expect(settled.waitsMs).toEqual([HOUR_MS, HOUR_MS, HOUR_MS / 2]);
      expect(bed.sent).toMatchObject([{ message: 'Ordered.' }]);
    } finally {
      now.mockRestore();
    }
  });
});

type Fakeable = 'nextTick' | 'queueMicrotask' | 'setImmediate';

describe.each<[string, readonly Fakeable[]]>([
  ['all that Jest fakes', []],
  ['timers and dates', ['nextTick', 'queueMicrotask', 'setImmediate']],
])('a test bed under fake timers: %s', (_what, doNotFake) => {
  const fake = (now = OPENS_AT) => jest.useFakeTimers({ doNotFake: [...doNotFake], now });

  it('delivers, replies and closes', async () => {
    fake();
    await using bed = await bedOf();
    expect(await bed.deliver(incomingText('fail never twice'))).toMatchObject({ result: 'retry' });
    expect(bed.sent).toMatchObject([{ message: 'One moment.' }]);
  });

  it('moves the time by each wait', async () => {
    fake(OPENS_AT - 2.5 * HOUR_MS);
    await using bed = await bedOf();
    const settled = await bed.deliverUntilSettled(incomingText('order'), {
      wait: (ms) => jest.advanceTimersByTimeAsync(ms),
    });
    expect(settled.result).toBe('acknowledged');
    expect(settled.waitsMs).toEqual([HOUR_MS, HOUR_MS, HOUR_MS / 2]);
  });

  it('lets calls wait for their turn until the time moves', async () => {
    fake();
    await using bed = await bedOf();
    const delivered = bed.deliver(incomingText('flood'));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await delivered).toMatchObject({ result: 'acknowledged' });
    expect(bed.sent).toHaveLength(120);
  });

  it('ends a handler when its time is over', async () => {
    fake();
    await using bed = await bedOf();
    const delivered = bed.deliver(incomingText('hang'));
    await jest.advanceTimersByTimeAsync(30_000);
    expect(await delivered).toMatchObject({
      result: 'dead-lettered',
      errors: [expect.any(HandlerTimeoutError)],
    });
  });

  it('lets the timers of a handler fire', async () => {
    fake();
    await using bed = await bedOf({ handlerTimeoutMs: 2 * HOUR_MS });
    const delivered = bed.deliver(incomingText('nap'));
    await jest.advanceTimersByTimeAsync(HOUR_MS);
    expect(await delivered).toMatchObject({ results: ['rested'] });
  });
});
