import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { MethodPacer } from './method.pacer.js';

describe('the pacer of an instance', () => {
  const warnings: string[] = [];
  let pacer: MethodPacer;
  /** When each call had its turn, in milliseconds, by its name. */
  let turns: Record<string, number>;

  beforeEach(() => {
    jest.useFakeTimers();
    turns = {};
    warnings.length = 0;
    Logger.overrideLogger({
      log: () => undefined,
      warn: (message: string) => warnings.push(message),
      error: () => undefined,
    });
    pacer = new MethodPacer('1101000001');
  });

  afterEach(() => {
    jest.useRealTimers();
    Logger.overrideLogger(false);
  });

  async function call(method: string, name: string, signal?: AbortSignal): Promise<void> {
    await pacer.turn(method, signal);
    turns[name] = performance.now();
  }

  const passed = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it.each([
    ['getChatHistory', 1],
    ['aMethodOfTomorrow', 1],
    ['qr', 3],
    ['downloadFile', 5],
    ['sendPoll', 50],
    ['receiveNotification', 100],
  ])('lets %s start %d times at once, and once more a second later', async (method, rate) => {
    const startedAtMs = performance.now();
    const calls = Array.from({ length: rate + 1 }, (_, index) => call(method, String(index)));
    await passed(999);
    expect(Object.keys(turns)).toHaveLength(rate);
    await passed(60);
    await Promise.all(calls);
    expect(turns[rate]! - startedAtMs).toBeGreaterThan(1000);
  });

  it('gives turns in the order of the calls, to each method by itself', async () => {
    void call('getSettings', 'a');
    void call('getSettings', 'b');
    void call('getSettings', 'c');
    void call('getChatHistory', 'other');
    await passed(0);
    expect(Object.keys(turns)).toEqual(['a', 'other']);
    await passed(2200);
    expect(Object.keys(turns)).toEqual(['a', 'other', 'b', 'c']);
    expect(turns['c']! - turns['b']!).toBeGreaterThan(1000);
  });

  it('gives the turn of a call that was aborted to the next', async () => {
    const abort = new AbortController();
    void call('getSettings', 'a');
    const aborted = call('getSettings', 'b', abort.signal);
    void call('getSettings', 'c');
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await passed(1100);
    expect(Object.keys(turns)).toEqual(['a', 'c']);
  });

  it('refuses a call that would wait for more than a minute', async () => {
    for (let index = 0; index <= 60; index += 1) void call('getSettings', String(index));
    await expect(call('getSettings', 'one more')).rejects.toMatchObject({
      code: 'TOO_MANY_CALLS',
      recovery: 'backoff',
      message: expect.stringMatching(
        /^getSettings of instance 1101000001: the call was not sent.*RetryAfter.*60 calls wait already, and GREEN-API allows 1 a second/,
      ),
    });
    await call('getChatHistory', 'of another method');
    await passed(70_000);
    expect(Object.keys(turns)).toHaveLength(62);
  });

  it('says so when calls wait long, once', async () => {
    for (let index = 0; index < 20; index += 1) void call('getSettings', String(index));
    await passed(30_000);
    expect(warnings).toEqual([
      'getSettings of instance 1101000001: a call waits about 6 s for its turn, because GREEN-API ' +
        'allows 1 a second; call this method less often',
    ]);
  });

  it('takes over the limit that GREEN-API states, also for calls that wait already', async () => {
    for (let index = 0; index < 12; index += 1) void call('editMessage', String(index));
    await passed(0);
    pacer.learn('editMessage', '10');
    await passed(0);
    expect(Object.keys(turns)).toHaveLength(10);
    pacer.learn('editMessage', '1');
    await passed(999);
    expect(Object.keys(turns)).toHaveLength(10);
    await passed(3000);
    expect(Object.keys(turns)).toHaveLength(12);
  });

  it.each([undefined, '', '0', '-1', '0.5', '1e9', 'many', ['5', '6']])(
    'ignores a stated limit of %j',
    async (stated) => {
      pacer.learn('getSettings', stated);
      void call('getSettings', 'a');
      void call('getSettings', 'b');
      await passed(999);
      expect(Object.keys(turns)).toEqual(['a']);
    },
  );

  it('ends all waits when it is closed, and begins none', async () => {
    const calls = ['a', 'b', 'c'].map((name) => call('getSettings', name));
    pacer.close();
    await Promise.all([...calls, call('getSettings', 'd')]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
