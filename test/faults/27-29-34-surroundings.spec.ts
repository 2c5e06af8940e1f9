import {
  type DeadLetter,
  type DeduplicationStore,
  GreenNotifications,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';

import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';
import { reset } from './support/tcp-faults.js';
import { WitnessingLetterStore } from './support/witnessing-letter.store.js';

const TWICE = { attempts: 2, backoff: { initialMs: 1, maxMs: 5, jitter: 0 } };

const failing = (): never => {
  throw new Error('not now');
};
const rejecting = () => Promise.reject(new Error('not now'));
const silent = () => new Promise(() => undefined);

const BAD_STORES: [string, DeduplicationStore][] = [
  ['throws', { get: failing, set: failing }],
  ['rejects', { get: rejecting, set: rejecting }],
  ['answers rubbish', { get: () => 'true', set: () => 'no' }],
];

describe('a poison message', () => {
  it('27. holds the queue up until its last attempt, and not a moment longer', async () => {
    await using harness = await FaultHarness.start();
    const good = Array.from({ length: 300 }, (_, index) => `good ${index}`);
    harness.publish(['poison', ...good]);
    await harness.run(
      ({ text }) => {
        if (text === 'poison') throw new Error('never');
      },
      { retry: TWICE },
    );
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.texts()).toEqual(['poison', 'poison', ...good]);
    expect(await harness.letters.list()).toHaveLength(1);
  });
});

describe('the dead letter store', () => {
  /** Fails until it is mended. */
  class FailingStore extends WitnessingLetterStore {
    mended = false;
    refused = 0;

    override async put(letters: readonly DeadLetter[]): Promise<void> {
      if (!this.mended) {
        this.refused += 1;
        throw new Error('disk full');
      }
      await super.put(letters);
    }
  }

  it('29. fails: nothing is acknowledged, an error is logged, and it goes on when it is mended', async () => {
    await using harness = await FaultHarness.start();
    const store = new FailingStore();
    harness.publish(['poison', 'after']);
    harness.instance.publish('{}');
    const app = await harness.run(
      ({ text }) => {
        if (text === 'poison') throw new Error('never');
      },
      { retry: TWICE, deadLetters: { store } },
    );
    await harness.logs.until('ERROR', 'disk full');
    expect(harness.instance.ledger.deleted).toEqual([]);
    expect(app.get(GreenNotifications).status).toMatchObject({ deadLettered: 0 });
    store.mended = true;
    await harness.instance.until(() => harness.instance.queueLength <= 1);
    expect(harness.record.texts().at(-1)).toBe('after');
    expect(await store.list()).toHaveLength(1);
  });

  it('29. blocks for ever: other instances go on, and the shutdown does not wait for it', async () => {
    await using harness = await FaultHarness.start({ instances: 2 });
    const store = new WitnessingLetterStore();
    store.put = () => new Promise(() => undefined);
    harness.publish(['poison']);
    harness.publish(['one', 'two'], harness.at(1));
    const app = await harness.run(
      ({ text }) => {
        if (text === 'poison') throw new Error('never');
      },
      { retry: TWICE, deadLetters: { store }, shutdownTimeoutMs: 50 },
    );
    await harness.at(1).drained();
    await app.close();
    expect(harness.instance.queueLength).toBe(1);
  });
});

describe('the surroundings', () => {
  const logger: LoggerService = { log: failing, warn: failing, error: failing, debug: failing };

  it('34. a logger that throws changes nothing', async () => {
    await using harness = await FaultHarness.start();
    harness.publish(['one', 'poison', 'flaky', 'two']);
    harness.instance.publish('{}');
    harness.publish(['last']);
    const app = await harness.run(
      ({ text, attempt }) => {
        if (text === 'poison' || (text === 'flaky' && attempt === 1)) throw new Error('no');
      },
      { retry: TWICE },
    );
    app.useLogger(logger);
    harness.proxy.next({ at: 'response', request: 'deleteNotification' }, reset());
    await harness.drained();
    app.useLogger(harness.logs);
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(await harness.letters.list()).toHaveLength(2);
  });

  it('34. subscribers that throw, reject or take their time change nothing', async () => {
    await using harness = await FaultHarness.start();
    const app = await harness.run();
    const { notifications$, outcomes$ } = app.get(GreenNotifications);
    notifications$.subscribe(failing);
    notifications$.subscribe(() => Promise.reject(new Error('subscriber')));
    outcomes$.subscribe({ next: failing });
    outcomes$.subscribe(() => new Promise(() => undefined));
    let seen = 0;
    outcomes$.subscribe(() => (seen += 1));
    harness.publish(['one', 'two', 'three']);
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(seen).toBe(3);
  });

  it.each(BAD_STORES)(
    '34. a deduplication store that %s costs no more than duplicates',
    async (_what, store) => {
      await using harness = await FaultHarness.start();
      harness.publish(['one', 'two', 'three']);
      await harness.run(undefined, { deduplication: { store } });
      await harness.drained();
      expect(harness.verdict).toEqual(NOTHING_LOST);
    },
  );

  it('34. a deduplication store that never answers does not stop the queue', async () => {
    await using harness = await FaultHarness.start();
    harness.publish(['one']);
    await harness.run(undefined, {
      deduplication: { store: { get: silent, set: silent } },
      shutdownTimeoutMs: 50,
    });
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
  });
});
