import { describe, expect, it } from '@jest/globals';

import { InMemoryDeadLetterStore } from './dead-letter/in-memory-dead-letter.store.js';
import { type DeliveryProgress, ProgressStore } from './delivery-progress.js';
import { type ProgressRecord, progressOfRecord, recordOfProgress } from './progress-record.js';
import { failing, setUp, stopClock } from './samples/dispatcher.sample.js';

stopClock();

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
