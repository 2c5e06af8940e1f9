import { OnNotification, RetryAfter } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../../support/deferred.js';
import { MOSTLY } from '../../support/mostly.js';
import {
  fails,
  rejects,
  retriesAfterMs,
  succeeds,
  succeedsAtAttempt,
} from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { Journal, pair } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

/** The times between the runs of a handler. */
const gapsOf = (journal: Journal, handler: string) =>
  journal
    .of(handler)
    .map(({ atMs }, index, runs) => atMs - (runs[index - 1]?.atMs ?? atMs))
    .slice(1);

describe('several handlers of one notification', () => {
  const SLOW = { attempts: 4, backoff: { initialMs: 100, factor: 2, maxMs: 1000, jitter: 0 } };

  it('keep a schedule each: RetryAfter of one does not shorten the back-off of the other', async () => {
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
          succeedsAtAttempt(4),
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
    await road.run('polling', [pair(journal, retriesAfterMs(10), fails)], {
      retry: { ...SLOW, attempts: 3 },
    });
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
    await road.run('polling', [pair(journal, rejects, succeedsAtAttempt(3))], { retry: SLOW });
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
    await road.run('polling', [Hung, pair(journal, succeedsAtAttempt(4), succeeds)], {
      retry: SLOW,
      shutdownTimeoutMs: 20,
    });
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
          succeedsAtAttempt(3),
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
