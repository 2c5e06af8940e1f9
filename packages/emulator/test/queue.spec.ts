import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, startEmulator, type Emulator } from '../src/index.js';

describe('the notification queue over HTTP', () => {
  let clock: ManualClock;
  let emulator: Emulator;

  beforeEach(async () => {
    clock = new ManualClock();
    emulator = await startEmulator({
      clock,
      instances: [{ idInstance: 1101000001, apiTokenInstance: 'secret' }],
    });
  });

  afterEach(() => emulator.close());

  const url = (method: string, rest = ''): string =>
    `${emulator.url}/waInstance1101000001/${method}/secret${rest}`;

  it('hands out, deletes and records a notification', async () => {
    const instance = emulator.instance(1101000001);
    const entry = instance.publish(instance.build.incomingText('hi', { chatId: '7900@c.us' }));

    const received = (await (await fetch(url('receiveNotification'))).json()) as {
      receiptId: number;
      body: unknown;
    };
    expect(received).toEqual({ receiptId: 1, body: entry.notification });

    const deleted = await fetch(url('deleteNotification', '/1'), { method: 'DELETE' });
    expect(await deleted.json()).toEqual({ result: true });
    await instance.drained();
    expect(entry.state).toBe('deleted');
    expect(entry.handOuts).toEqual([{ transport: 'polling', atMs: clock.now(), receiptId: 1 }]);
  });

  it('answers null when the long poll runs out', async () => {
    const answer = fetch(url('receiveNotification', '?receiveTimeout=20'));
    await emulator.instance(1101000001).waitForParkedPolls();
    await clock.advance(20_000);
    expect(await (await answer).text()).toBe('null');
  });

  it('answers 401 with an empty body and rate headers to a wrong token', async () => {
    const answer = await fetch(`${emulator.url}/waInstance1101000001/receiveNotification/wrong`);
    expect(answer.status).toBe(401);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-length': '0',
      'access-control-allow-origin': '*',
      'x-ratelimit-remaining': '100',
      'x-ratelimit-replenish-rate': '100',
    });
  });

  it('sends a message and keeps it', async () => {
    const answer = await fetch(url('sendMessage'), {
      method: 'POST',
      body: JSON.stringify({ chatId: '7900@c.us', message: 'hello' }),
    });
    const { idMessage } = (await answer.json()) as { idMessage: string };
    expect(emulator.instance(1101000001).sentMessages).toMatchObject([
      { idMessage, chatId: '7900@c.us', message: 'hello' },
    ]);
  });
});
