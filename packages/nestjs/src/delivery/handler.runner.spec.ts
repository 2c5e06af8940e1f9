import { describe, expect, it } from '@jest/globals';

import { InMemoryDeadLetterStore } from './dead-letter/in-memory-dead-letter.store.js';
import { Reject } from './delivery.errors.js';
import { failing, setUp, stopClock } from './samples/dispatcher.sample.js';

stopClock();

describe('a run of a handler', () => {
  it('counts a time-out as a failed attempt, and waits for the run instead of starting a second one', async () => {
    let started = 0;
    let fired = 0;
    let finish = (_value: string) => {};
    const { deliver } = setUp(
      {
        hung: (_attempt, signal) => {
          started += 1;
          signal.addEventListener('abort', () => (fired += 1));
          return new Promise<string>((resolve) => (finish = resolve));
        },
      },
      { timeoutMs: 20 },
    );
    expect(await deliver()).toMatchObject({
      result: 'retry',
      runs: [{ error: { code: 'HANDLER_TIMEOUT' } }],
    });
    const second = deliver();
    finish('late');
    expect(await second).toMatchObject({
      result: 'acknowledged',
      runs: [{ result: 'late', attempt: 2 }],
    });
    expect({ started, fired }).toEqual({ started: 1, fired: 1 });
  });

  it('does not count a run that a stop cut off as a failure, and writes no dead letter', async () => {
    const store = new InMemoryDeadLetterStore();
    const { deliver, dispatcher } = setUp(
      {
        hung: (_attempt, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new Reject('stopped'))),
          ),
      },
      { store },
    );
    const delivered = deliver();
    await new Promise(setImmediate);
    await dispatcher.stop(0);
    expect(await delivered).toMatchObject({ result: 'retry', runs: [] });
    expect(await store.list()).toEqual([]);
  });

  it('does not count a run that a stop cut off as an attempt, and starts the handler again', async () => {
    const store = new InMemoryDeadLetterStore();
    const attempts: number[] = [];
    const { deliver, dispatcher } = setUp(
      {
        hung: (attempt) => {
          attempts.push(attempt);
          return attempts.length === 1 ? new Promise(() => {}) : failing();
        },
      },
      { store },
    );
    const delivered = deliver();
    await new Promise(setImmediate);
    await dispatcher.stop(0);
    await delivered;
    dispatcher.start();
    // After a second, the handler no longer waits for the abandoned run.
    expect(await deliver('a', 1000)).toMatchObject({ result: 'retry', runs: [{ attempt: 1 }] });
    expect(attempts).toEqual([1, 1]);
  });

  it('uses the result of a run that succeeds soon after a stop cut it off', async () => {
    let started = 0;
    let finish = (_value: string) => {};
    const { deliver, dispatcher } = setUp({
      slow: () => {
        started += 1;
        return new Promise<string>((resolve) => (finish = resolve));
      },
    });
    const delivered = deliver();
    await new Promise(setImmediate);
    await dispatcher.stop(0);
    await delivered;
    dispatcher.start();
    const again = deliver();
    finish('done');
    expect(await again).toMatchObject({ result: 'acknowledged', runs: [{ result: 'done' }] });
    expect(started).toBe(1);
  });
});
