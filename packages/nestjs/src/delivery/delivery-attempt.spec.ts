import { describe, expect, it } from '@jest/globals';

import { InMemoryDeadLetterStore } from './dead-letter/in-memory-dead-letter.store.js';
import { Reject, RetryAfter } from './delivery.errors.js';
import { failing, setUp, stopClock } from './samples/dispatcher.sample.js';

stopClock();

describe('an attempt', () => {
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
});
