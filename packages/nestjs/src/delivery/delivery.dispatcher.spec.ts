import { beforeEach, describe, expect, it, jest } from '@jest/globals';

import { DeadLetterWriter } from './dead-letter/dead-letter.writer.js';
import { InMemoryDeadLetterStore } from './dead-letter/in-memory-dead-letter.store.js';
import { Deduplicator } from './deduplication/deduplicator.js';
import { InMemoryDeduplicationStore } from './deduplication/deduplication.store.js';
import { DeliveryDispatcher } from './delivery.dispatcher.js';
import {
  type DeliveryProgress,
  InMemoryProgressStore,
  ProgressStore,
} from './delivery-progress.js';
import { HandlerRunner } from './handler.runner.js';
import type { NotificationHandler } from './notification.handler.js';
import { NotificationStream } from './notification.stream.js';
import { type ProgressRecord, progressOfRecord, recordOfProgress } from './progress-record.js';
import { Reject, RetryAfter } from './delivery.errors.js';
import { callDelivery } from './samples/call.delivery.js';
import { QuietLog } from './samples/quiet.log.js';

const clock = { nowMs: 0 };

beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => clock.nowMs);
  jest.spyOn(Date, 'now').mockImplementation(() => clock.nowMs);
});

type Run = (attempt: number, signal: AbortSignal) => unknown;
type Conditional = { readonly matches: () => boolean; readonly run: Run };

function setUp(
  handlers: Record<string, Run | Conditional>,
  options: {
    store?: InMemoryDeadLetterStore | undefined;
    timeoutMs?: number;
    progress?: ProgressStore;
  } = {},
) {
  const list = Object.entries(handlers).map(([name, given]): NotificationHandler => {
    const { matches, run } =
      typeof given === 'function' ? { matches: () => true, run: given } : given;
    return { name, matches, run: async (_delivery, attempt, signal) => run(attempt, signal) };
  });
  const stream = new NotificationStream();
  const log = new QuietLog();
  const deadLetters = new DeadLetterWriter(log);
  deadLetters.use(options.store);
  const dispatcher = new DeliveryDispatcher(
    stream,
    { handlers: list },
    new Deduplicator(new InMemoryDeduplicationStore()),
    options.progress ?? new InMemoryProgressStore(),
    'acknowledge',
    {
      retry: { attempts: 3, backoff: { initialMs: 10, factor: 2, maxMs: 70, jitter: 0 } },
      runner: new HandlerRunner(options.timeoutMs ?? 60_000),
      deadLetters,
      log,
    },
  );
  dispatcher.start();
  /** @param afterMs time since the last delivery; by default longer than any back-off */
  const deliver = (idMessage = 'a', afterMs = 100) => {
    clock.nowMs += afterMs;
    return stream.deliver(callDelivery(idMessage));
  };
  return { deliver, dispatcher, stream };
}

/** Keeps only JSON, as a database table would. */
class JsonProgressStore extends ProgressStore {
  private readonly rows = new Map<string, string>();

  async find(key: string): Promise<DeliveryProgress | undefined> {
    const row = this.rows.get(key);
    return row === undefined ? undefined : progressOfRecord(JSON.parse(row) as ProgressRecord);
  }

  async save(key: string, progress: DeliveryProgress): Promise<void> {
    this.rows.set(key, JSON.stringify(recordOfProgress(progress, (text) => text)));
  }

  async forget(key: string): Promise<void> {
    this.rows.delete(key);
  }
}

function failing(): never {
  throw new Error('no');
}

describe('the dispatcher', () => {
  it('runs only the handlers that failed when the notification arrives again', async () => {
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

  it('joins deliveries that arrive during a run, and acknowledges later ones as duplicates', async () => {
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
    const [first, ...joined] = await all;
    expect(first).toMatchObject({ result: 'acknowledged', runs: [{ handler: 'slow' }] });
    expect(first).not.toHaveProperty('joined');
    expect(joined).toHaveLength(19);
    for (const outcome of joined) {
      expect(outcome).toEqual({
        result: 'acknowledged',
        reason: 'handled',
        runs: [],
        joined: true,
      });
    }
    expect(await deliver()).toEqual({ result: 'acknowledged', reason: 'duplicate', runs: [] });
    expect(runs).toBe(1);
  });

  it('stores a notification as a dead letter when its attempts are used up', async () => {
    const store = new InMemoryDeadLetterStore();
    const { deliver } = setUp({ bad: failing, good: () => 1 }, { store });
    await deliver();
    await deliver();
    expect(await deliver()).toMatchObject({ result: 'dead-lettered' });
    expect(await store.list()).toMatchObject([
      { kind: 'unhandled', handler: 'bad', attempts: 3, error: { message: 'no' } },
    ]);
    expect(await deliver()).toEqual({ result: 'acknowledged', reason: 'duplicate', runs: [] });
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

  it('does not run a handler before the time of RetryAfter', async () => {
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

  it('has a schedule for each handler: a short wait of one uses up no attempts of another', async () => {
    const runs: string[] = [];
    const { deliver } = setUp({
      patient: (attempt) => {
        runs.push(`patient ${attempt}`);
        throw new RetryAfter(5);
      },
      failing: (attempt) => {
        runs.push(`failing ${attempt}`);
        throw new Error('no');
      },
    });
    expect(await deliver()).toMatchObject({ retryAfterMs: 5 });
    expect(await deliver('a', 5)).toMatchObject({ retryAfterMs: 5 });
    expect(runs).toEqual(['patient 1', 'failing 1', 'patient 2']);
    await deliver('a', 5);
    expect(runs.slice(3)).toEqual(['patient 3', 'failing 2']);
  });

  it('may run a handler a little before its back-off ends, but never before RetryAfter ends', async () => {
    let runs = 0;
    const { deliver } = setUp({
      bad: (attempt) => {
        runs += 1;
        throw attempt === 1 ? new Error('no') : new RetryAfter(100);
      },
    });
    await deliver();
    expect(await deliver('a', 7)).toMatchObject({ runs: [] });
    await deliver('a', 1);
    expect(runs).toBe(2);
    expect(await deliver('a', 98)).toMatchObject({ runs: [] });
    await deliver('a', 1);
    expect(runs).toBe(3);
  });

  it('runs a handler that matched once until it succeeds, even if it no longer matches', async () => {
    let isMatching = true;
    const { deliver } = setUp({
      changing: {
        matches: () => isMatching,
        run: (attempt) => (attempt === 1 ? failing() : 'done'),
      },
    });
    expect(await deliver()).toMatchObject({ result: 'retry' });
    isMatching = false;
    expect(await deliver()).toMatchObject({
      result: 'acknowledged',
      reason: 'handled',
      runs: [{ result: 'done', attempt: 2 }],
    });
  });

  it('counts a condition that throws as a failed run, and drops the handler if it then does not match', async () => {
    let ask = (): boolean => failing();
    const { deliver } = setUp({ odd: { matches: () => ask(), run: () => 'never' } });
    expect(await deliver()).toMatchObject({
      result: 'retry',
      runs: [{ handler: 'odd', attempt: 1, error: new Error('no') }],
    });
    ask = () => false;
    expect(await deliver()).toMatchObject({ result: 'acknowledged', reason: 'unhandled' });
  });

  it('never gives up without a dead letter store', async () => {
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

  it('waits for running handlers when it is stopped, within the time-out', async () => {
    let finish = () => {};
    const { deliver, dispatcher } = setUp({
      slow: () => new Promise<void>((resolve) => (finish = resolve)),
    });
    const delivered = deliver();
    await new Promise(setImmediate);
    const stopped = dispatcher.stop(60_000);
    finish();
    await stopped;
    expect(await delivered).toMatchObject({ result: 'acknowledged', reason: 'handled' });
  });

  it('continues in another process where the first one stopped, if progress is stored', async () => {
    const progress = new JsonProgressStore();
    const before = setUp({ good: () => 1, bad: failing }, { progress });
    await before.deliver();
    const runs: string[] = [];
    const after = setUp(
      { good: () => runs.push('good'), bad: (attempt) => runs.push(`bad ${attempt}`) },
      { progress },
    );
    expect(await after.deliver('a', 0)).toMatchObject({ result: 'retry', runs: [] });
    expect(await after.deliver()).toMatchObject({ result: 'acknowledged', reason: 'handled' });
    expect(runs).toEqual(['bad 2']);
  });

  it('writes a dead letter if a handler that still had to run no longer exists', async () => {
    const progress = new JsonProgressStore();
    const store = new InMemoryDeadLetterStore();
    await setUp({ renamed: failing }, { progress }).deliver();
    const after = setUp({ other: { matches: () => false, run: failing } }, { progress, store });
    expect(await after.deliver()).toMatchObject({ result: 'dead-lettered' });
    expect(await store.list()).toMatchObject([{ handler: 'renamed', error: { message: 'no' } }]);
  });

  it('settles a delivery with retry while it is stopped', async () => {
    const { deliver, dispatcher } = setUp({ good: () => 1 });
    await dispatcher.stop(0);
    expect(await deliver()).toMatchObject({ result: 'retry', runs: [] });
  });
});
