import { describe, expect, it } from '@jest/globals';

import { Cancellation } from '../../common/cancellation.js';
import { InMemoryDeadLetterStore } from '../dead-letter/in-memory-dead-letter.store.js';
import { callDelivery } from '../samples/call.delivery.js';
import { failing, setUp, stopClock } from '../samples/dispatcher.sample.js';
import type { InboxJob } from './inbox-job.js';

stopClock();

interface Given {
  readonly lostAttempts?: number;
  readonly committed?: readonly string[];
}

/** A job that records which handlers were reported to it. */
function jobOf({ lostAttempts = 0, committed = [] }: Given = {}) {
  const succeeded: string[] = [];
  const job: InboxJob = {
    cutOff: new Cancellation(),
    lostAttempts,
    transaction: () => Promise.reject(new Error('not here')),
    hasCommitted: (handler) => committed.includes(handler),
    remember: async () => {},
    succeeded: async (handler) => void succeeded.push(handler),
  };
  return { job, succeeded };
}

describe('the delivery of a job of the inbox', () => {
  it('reports a handler that has succeeded while another one still runs', async () => {
    let finish!: () => void;
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const { stream } = setUp({ quick: () => 1, slow: () => slow });
    const { job, succeeded } = jobOf();
    const outcome = stream.deliver({ ...callDelivery('a'), job });
    await new Promise((resolve) => setImmediate(resolve));
    expect(succeeded).toEqual(['quick']);
    finish();
    expect(await outcome).toMatchObject({ result: 'acknowledged' });
    // The outcome says that the last one has succeeded, too.
    expect(succeeded).toEqual(['quick']);
  });

  it('counts attempts that were lost with their process', async () => {
    const attempts: number[] = [];
    const { stream } = setUp({ odd: (attempt) => void attempts.push(attempt) });
    await stream.deliver({ ...callDelivery('a'), job: jobOf({ lostAttempts: 2 }).job });
    expect(attempts).toEqual([3]);
  });

  it('gives up without another run when all attempts were lost', async () => {
    let runs = 0;
    const store = new InMemoryDeadLetterStore();
    const { stream } = setUp({ deadly: () => (runs += 1) }, { store });
    const outcome = await stream.deliver({
      ...callDelivery('a'),
      job: jobOf({ lostAttempts: 3 }).job,
    });
    expect(outcome).toMatchObject({ result: 'dead-lettered' });
    expect(runs).toBe(0);
    expect(await store.list()).toMatchObject([
      { handler: 'deadly', attempts: 3, error: { code: 'HANDLER_LOST' } },
    ]);
  });

  it('has succeeded if its transaction was committed, whatever the handler does afterwards', async () => {
    const { stream } = setUp({ careless: failing });
    const { job } = jobOf({ committed: ['careless'] });
    expect(await stream.deliver({ ...callDelivery('a'), job })).toMatchObject({
      result: 'acknowledged',
      reason: 'handled',
    });
  });

  it('ends its handlers when it is cut off, and says that this is no attempt', async () => {
    const aborted: unknown[] = [];
    const { stream } = setUp({
      slow: (_attempt, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(signal.reason);
            reject(signal.reason as Error);
          });
        }),
    });
    const { job } = jobOf();
    const outcome = stream.deliver({ ...callDelivery('a'), job });
    await new Promise((resolve) => setImmediate(resolve));
    job.cutOff.abort('taken over');
    expect(await outcome).toMatchObject({ result: 'retry', isCutOff: true, runs: [] });
    expect(aborted).toEqual(['taken over']);
  });

  it('starts a handler again that was cut off, even if it has not ended yet', async () => {
    const attempts: number[] = [];
    const { stream } = setUp({
      slow: (attempt, signal) => {
        attempts.push(attempt);
        return attempts.length > 1
          ? Promise.resolve('done')
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                setImmediate(() => reject(signal.reason as Error));
              });
            });
      },
    });
    const { job } = jobOf();
    const first = stream.deliver({ ...callDelivery('a'), job });
    await new Promise((resolve) => setImmediate(resolve));
    job.cutOff.abort(new Error('taken over'));
    await first;
    expect(await stream.deliver({ ...callDelivery('a'), job: jobOf().job })).toMatchObject({
      result: 'acknowledged',
    });
    expect(attempts).toEqual([1, 1]);
  });
});
