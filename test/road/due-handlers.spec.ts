import {
  type Notification,
  NotificationContext,
  OnNotification,
  Reject,
  RetryAfter,
} from '@green-notifications/nestjs';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../support/deferred.js';
import { eventually, within } from './support/eventually.js';
import { type Behaviour, fail, Journal, pair } from './support/recording-inbox.js';
import { NO_DEAD_LETTERS, QUICK, Road, TRANSPORTS } from './support/road.js';

const MINUTE_MS = 60_000;

/** A handler whose condition holds as long as `isOpen`. */
function choosyInbox(journal: Journal, behave: Behaviour) {
  const state = { isOpen: true };
  @Injectable()
  class Choosy {
    @OnNotification('incomingMessageReceived', { where: () => state.isOpen })
    async onOpen(notification: Notification, context: NotificationContext): Promise<void> {
      await journal.handle('onOpen', notification, context, behave);
    }
  }
  return { Choosy, state };
}

describe('37. a handler that matched once', () => {
  it.each(TRANSPORTS)('stays due when its condition no longer holds (%s)', async (transport) => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) => {
      state.isOpen = false;
      if (attempt < 3) fail('not yet');
    });
    const app = await road.run(transport, [Choosy]);
    const entry = road.publish('order');
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('order')).toEqual([1, 2, 3]);
    await eventually('the acknowledgement', () => app.first.acknowledged === 1);
    expect(app.first.unhandled).toBe(0);
  });

  it.each(TRANSPORTS)(
    'gives up and leaves a dead letter although its condition no longer holds (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      const { Choosy, state } = choosyInbox(journal, () => {
        state.isOpen = false;
        fail();
      });
      await road.run(transport, [Choosy], { retry: { attempts: 2, backoff: QUICK } });
      await within('it to be deleted', road.publish('order').deleted);
      expect(journal.attempts('order')).toEqual([1, 2]);
      expect(await road.letters.list()).toMatchObject([{ handler: 'Choosy.onOpen', attempts: 2 }]);
    },
  );

  it('stays due when its condition throws at the second hand-out', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    let asked = 0;
    @Injectable()
    class Choosy {
      @OnNotification('*', { where: () => (asked += 1) === 1 || fail('no condition') })
      async onOpen(notification: Notification, context: NotificationContext): Promise<void> {
        await journal.handle('onOpen', notification, context, ({ attempt }) =>
          attempt === 1 ? fail('not yet') : undefined,
        );
      }
    }
    await road.run('polling', [Choosy]);
    await within('it to be deleted', road.publish('order').deleted);
    expect(journal.attempts('order')).toEqual([1, 2]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('stays due when it is to come later', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) => {
      state.isOpen = false;
      if (attempt === 1) throw new RetryAfter(20);
    });
    await road.run('polling', [Choosy]);
    await within('it to be deleted', road.publish('order').deleted);
    expect(journal.attempts('order')).toEqual([1, 2]);
  });

  it('stays due over a stop and a start', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) =>
      attempt === 1 ? fail('not yet') : undefined,
    );
    const { greenNotifications } = await road.run('polling', [Choosy], {
      retry: { backoff: { initialMs: 100, maxMs: 100, jitter: 0 } },
    });
    const entry = road.publish('order');
    await eventually('the first attempt', () => journal.runs.length === 1);
    await greenNotifications.stop();
    state.isOpen = false;
    await greenNotifications.start();
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('order')).toEqual([1, 2]);
  });

  it('is kept for ever without dead letters, whatever its condition says', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, () => {
      state.isOpen = false;
      throw new Reject('never');
    });
    await road.run('polling', [Choosy], { deadLetters: NO_DEAD_LETTERS });
    const entry = road.publish('order');
    await eventually('three attempts', () => journal.runs.length >= 3);
    expect(entry.state).toBe('queued');
  });

  it('is the only one to run again, and leaves those alone that never matched', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) => {
      state.isOpen = false;
      if (attempt === 1) fail('not yet');
    });
    @Injectable()
    class Others {
      @OnNotification('*')
      async always(notification: Notification, context: NotificationContext): Promise<void> {
        await journal.handle('always', notification, context, () => undefined);
      }

      @OnNotification('incomingCall')
      onCall(): void {
        fail('nobody called');
      }
    }
    await road.run('webhook', [Choosy, Others]);
    const entry = road.publish('order');
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('onOpen')).toEqual([1, 2]);
    expect(journal.attempts('always')).toEqual([1]);
    expect(entry.handOuts.map(({ status }) => status)).toEqual([500, 200]);
  });
});

/** What is almost due may run: the share of a wait that must have passed. */
const MOSTLY = 0.8;

/** The times between the runs of a handler. */
const gapsOf = (journal: Journal, handler: string) =>
  journal
    .of(handler)
    .map(({ atMs }, index, runs) => atMs - (runs[index - 1]?.atMs ?? atMs))
    .slice(1);

describe('several handlers of one notification', () => {
  const SLOW = { attempts: 4, backoff: { initialMs: 100, factor: 2, maxMs: 1000, jitter: 0 } };

  it('keep a schedule each: the back-off of one is not shortened by the RetryAfter of the other', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run(
      'polling',
      [
        pair(
          journal,
          () => {
            if (journal.of('second').length < 4) throw new RetryAfter(20);
          },
          ({ attempt }) => (attempt < 4 ? fail('not yet') : undefined),
        ),
      ],
      { retry: { ...SLOW, attempts: 1000 } },
    );
    await within('it to be deleted', road.publish('order').deleted);
    const [one, two, three] = gapsOf(journal, 'second');
    expect(one).toBeGreaterThanOrEqual(MOSTLY * 100);
    expect(two).toBeGreaterThanOrEqual(MOSTLY * 200);
    expect(three).toBeGreaterThanOrEqual(MOSTLY * 400);
    // And it does not hold up the other either.
    expect(journal.of('first').length).toBeGreaterThan(5);
    for (const gap of gapsOf(journal, 'first')) expect(gap).toBeGreaterThanOrEqual(MOSTLY * 20);
  });

  it('do not use up their attempts sooner because another one comes back sooner', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run(
      'polling',
      [
        pair(
          journal,
          () => {
            throw new RetryAfter(10);
          },
          () => fail(),
        ),
      ],
      { retry: { ...SLOW, attempts: 3 } },
    );
    await within('it to be deleted', road.publish('order').deleted);
    expect(journal.attempts('first')).toEqual([1, 2, 3]);
    const seconds = journal.of('second');
    expect(seconds).toHaveLength(3);
    expect(seconds[2]!.atMs - seconds[0]!.atMs).toBeGreaterThanOrEqual(MOSTLY * 300);
    expect(await road.letters.list()).toHaveLength(2);
  });

  it('keep their schedule when another one rejects', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run(
      'polling',
      [
        pair(
          journal,
          () => {
            throw new Reject('never');
          },
          ({ attempt }) => (attempt < 3 ? fail('not yet') : undefined),
        ),
      ],
      { retry: SLOW },
    );
    await within('it to be deleted', road.publish('order').deleted);
    const [one, two] = gapsOf(journal, 'second');
    expect(one).toBeGreaterThanOrEqual(MOSTLY * 100);
    expect(two).toBeGreaterThanOrEqual(MOSTLY * 200);
    expect(journal.attempts('first')).toEqual([1]);
    expect(await road.letters.list()).toMatchObject([{ handler: 'Pair.first', attempts: 1 }]);
  });

  it('keep their schedule beside one that hangs and ignores its signal', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const never = new Deferred();
    @Injectable()
    class Hung {
      @OnNotification('*', {}, { attempts: 1000, timeoutMs: 20 })
      async hang(): Promise<void> {
        await never.promise;
      }
    }
    await road.run(
      'polling',
      [
        Hung,
        pair(
          journal,
          ({ attempt }) => (attempt < 4 ? fail('not yet') : undefined),
          () => 1,
        ),
      ],
      { retry: SLOW, shutdownTimeoutMs: 20 },
    );
    const entry = road.publish('order');
    await eventually('four attempts', () => journal.of('first').length === 4);
    never.resolve();
    await within('it to be deleted', entry.deleted);
    const [one, two, three] = gapsOf(journal, 'first');
    expect(one).toBeGreaterThanOrEqual(MOSTLY * 100);
    expect(two).toBeGreaterThanOrEqual(MOSTLY * 200);
    expect(three).toBeGreaterThanOrEqual(MOSTLY * 400);
  });

  it('keep a schedule for each of two instances with the same text', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    await road.run(
      'polling',
      [
        pair(
          journal,
          ({ attempt }) => {
            if (attempt < 10) throw new RetryAfter(10);
          },
          ({ attempt }) => (attempt < 3 ? fail('not yet') : undefined),
        ),
      ],
      { retry: { ...SLOW, attempts: 1000 } },
    );
    for (const instance of [road.at(0), road.at(1)]) road.publish('same', instance);
    await road.drained();
    for (const id of road.ids) {
      const runs = journal
        .of('second')
        .filter(({ idInstance }) => idInstance === String(id))
        .map(({ atMs }) => atMs);
      expect(runs).toHaveLength(3);
      expect(runs[1]! - runs[0]!).toBeGreaterThanOrEqual(MOSTLY * 100);
      expect(runs[2]! - runs[1]!).toBeGreaterThanOrEqual(MOSTLY * 200);
    }
  });
});

describe('a webhook that comes early', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const LONG = {
    attempts: 4,
    backoff: { initialMs: 10 * MINUTE_MS, maxMs: 60 * MINUTE_MS, jitter: 0 },
  };

  it('runs only the handlers that are due', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run(
      'webhook',
      [
        pair(
          journal,
          ({ attempt }) => {
            if (attempt < 3) throw new RetryAfter(0);
          },
          ({ attempt }) => (attempt === 1 ? fail('not yet') : undefined),
        ),
      ],
      { retry: LONG, push: false },
    );
    const body = road.instance.build.incomingText('order');
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await road.post(url, body)).status);
    expect(statuses).toEqual([500, 500, 500, 500]);
    expect(journal.attempts('first')).toEqual([1, 2, 3]);
    expect(journal.attempts('second')).toEqual([1]);
    jumpTime(10 * MINUTE_MS);
    expect((await road.post(url, body)).status).toBe(200);
    expect(journal.attempts('second')).toEqual([1, 2]);
    expect(journal.attempts('first')).toEqual([1, 2, 3]);
  });

  it('by a moment only runs what is as good as due', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run(
      'webhook',
      [
        pair(
          journal,
          () => undefined,
          ({ attempt }) => (attempt === 1 ? fail('not yet') : undefined),
        ),
      ],
      {
        retry: { attempts: 4, backoff: { initialMs: MINUTE_MS, maxMs: MINUTE_MS, jitter: 0 } },
        push: false,
      },
    );
    const body = road.instance.build.incomingText('order');
    expect((await road.post(url, body)).status).toBe(500);
    jumpTime(MINUTE_MS - 100);
    expect((await road.post(url, body)).status).toBe(200);
    expect(journal.attempts('second')).toEqual([1, 2]);
    expect(journal.attempts('first')).toEqual([1]);
  });

  it('often does not use up the attempts', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run(
      'webhook',
      [
        pair(
          journal,
          () => undefined,
          () => fail(),
        ),
      ],
      {
        retry: LONG,
        push: false,
      },
    );
    const body = road.instance.build.incomingText('order');
    for (let n = 0; n < 10; n += 1) expect((await road.post(url, body)).status).toBe(500);
    expect(journal.attempts('second')).toEqual([1]);
    expect(await road.letters.list()).toEqual([]);
  });
});

/** Moves every clock that the application could ask. */
function jumpTime(byMs: number): void {
  for (const clock of [Date, performance]) {
    const realNow = clock.now.bind(clock);
    jest.spyOn(clock, 'now').mockImplementation(() => realNow() + byMs);
  }
}
