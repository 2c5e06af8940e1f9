import { describe, expect, it } from '@jest/globals';

import { DeadLetterOffice } from './dead-letter/dead-letter.office.js';
import { InMemoryDeadLetterStore } from './dead-letter/in-memory-dead-letter.store.js';
import { Deduplicator } from './deduplication/deduplicator.js';
import { InMemoryDeduplicationStore } from './deduplication/in-memory-deduplication.store.js';
import { DeliveryDispatcher } from './delivery.dispatcher.js';
import { HandlerRunner } from './handler.runner.js';
import type { NotificationHandler } from './notification.handler.js';
import { NotificationStream } from './notification.stream.js';
import { Reject } from './reject.error.js';
import { RetryAfter } from './retry-after.error.js';
import { callDelivery } from './samples/call.delivery.js';
import { QuietLog } from './samples/quiet.log.js';

function setUp(
  handlers: Record<string, (attempt: number, signal: AbortSignal) => unknown>,
  options: { store?: InMemoryDeadLetterStore | undefined; timeoutMs?: number } = {},
) {
  const list = Object.entries(handlers).map(([name, run]): NotificationHandler => ({
    name,
    run: async (_delivery, attempt, signal) => run(attempt, signal),
  }));
  const stream = new NotificationStream();
  const log = new QuietLog();
  const dispatcher = new DeliveryDispatcher(
    stream,
    { handlersFor: () => list },
    new HandlerRunner(options.timeoutMs ?? 60_000),
    new Deduplicator(new InMemoryDeduplicationStore()),
    new DeadLetterOffice(options.store, log),
    {
      retry: { attempts: 3, backoff: { initialMs: 10, factor: 2, maxMs: 70, jitter: 0 } },
      unhandled: 'acknowledge',
    },
    log,
  );
  dispatcher.start();
  const deliver = (idMessage = 'a') => stream.deliver(callDelivery(idMessage));
  return { deliver, dispatcher, stream };
}

function failing(): never {
  throw new Error('no');
}

describe('the dispatcher', () => {
  it('runs only the handlers that failed when the notification comes again', async () => {
    const runs: string[] = [];
    const { deliver } = setUp({
      good: () => runs.push('good'),
      bad: (attempt) => {
        runs.push(`bad ${attempt}`);
        if (attempt < 3) failing();
      },
    });
    expect(await deliver()).toMatchObject({ result: 'retry', retryAfterMs: 10 });
    expect(await deliver()).toMatchObject({ result: 'retry', retryAfterMs: 20 });
    expect(await deliver()).toMatchObject({ result: 'acknowledged' });
    expect(runs).toEqual(['good', 'bad 1', 'bad 2', 'bad 3']);
  });

  it('joins deliveries of a notification that is being handled, and runs nothing for later ones', async () => {
    let runs = 0;
    let finish = () => {};
    const { deliver } = setUp({
      slow: () => {
        runs += 1;
        return new Promise<void>((resolve) => (finish = resolve));
      },
    });
    const all = Promise.all(Array.from({ length: 20 }, () => deliver()));
    await new Promise(setImmediate);
    finish();
    expect(new Set((await all).map(({ result }) => result))).toEqual(new Set(['acknowledged']));
    expect(await deliver()).toEqual({ result: 'acknowledged', runs: [] });
    expect(runs).toBe(1);
  });

  it('puts what used up its attempts away, and acknowledges it', async () => {
    const store = new InMemoryDeadLetterStore();
    const { deliver } = setUp({ bad: failing, good: () => 1 }, { store });
    await deliver();
    await deliver();
    expect(await deliver()).toMatchObject({ result: 'dead-lettered' });
    expect(await store.list()).toMatchObject([
      { kind: 'unhandled', handler: 'bad', attempts: 3, error: { message: 'no' } },
    ]);
    expect(await deliver()).toEqual({ result: 'acknowledged', runs: [] });
  });

  it('gives up at once on Reject', async () => {
    const store = new InMemoryDeadLetterStore();
    const { deliver } = setUp(
      {
        bad: () => {
          throw new Reject('never');
        },
      },
      { store },
    );
    expect(await deliver()).toMatchObject({ result: 'dead-lettered' });
  });

  it('does not run a handler before the time that RetryAfter names', async () => {
    let runs = 0;
    const { deliver } = setUp({
      busy: () => {
        runs += 1;
        throw new RetryAfter(60_000);
      },
    });
    expect(await deliver()).toMatchObject({ result: 'retry', retryAfterMs: 60_000 });
    const again = await deliver();
    expect(again).toMatchObject({ result: 'retry', runs: [] });
    expect(runs).toBe(1);
  });

  it('never gives up without a place for dead letters', async () => {
    const { deliver } = setUp({ bad: (attempt) => (attempt < 6 ? failing() : 'at last') });
    const results = [];
    for (let delivery = 1; delivery <= 6; delivery += 1) results.push(await deliver());
    expect(results.map(({ result }) => result)).toEqual([
      'retry',
      'retry',
      'retry',
      'retry',
      'retry',
      'acknowledged',
    ]);
    expect(results[1]).not.toHaveProperty('isStuck');
    expect(results[3]).toMatchObject({ retryAfterMs: 70, isStuck: true });
  });

  it('does not acknowledge while the dead letter store fails', async () => {
    class FailingStore extends InMemoryDeadLetterStore {
      fails = true;
      override async put(letters: Parameters<InMemoryDeadLetterStore['put']>[0]) {
        if (this.fails) throw new Error('disk full');
        return super.put(letters);
      }
    }
    const store = new FailingStore();
    const { deliver } = setUp(
      {
        bad: () => {
          throw new Reject('never');
        },
      },
      { store },
    );
    expect(await deliver()).toMatchObject({ result: 'retry' });
    store.fails = false;
    expect(await deliver()).toMatchObject({ result: 'dead-lettered' });
  });

  it('counts a time-out as a failed attempt, fires the signal, and does not start the handler again while it runs', async () => {
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

  it('leaves what is abandoned unsettled: it is neither a failure nor a dead letter', async () => {
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
    dispatcher.stop();
    expect(await delivered).toMatchObject({ result: 'retry' });
    expect(await store.list()).toEqual([]);
  });

  it('tells a transport to come back when it does not run', async () => {
    const { deliver, dispatcher } = setUp({ good: () => 1 });
    dispatcher.stop();
    expect(await deliver()).toMatchObject({ result: 'retry', runs: [] });
  });
});
