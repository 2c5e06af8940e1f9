import type { TransportName } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { fail, rejects, succeeds, untilAborted } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal, pair, type Run } from '../support/recording-inbox.js';
import { type App, QUICK, Road, type RunOptions, TRANSPORTS } from '../support/road.js';

const ONCE = { retry: { attempts: 1, backoff: QUICK }, shutdownTimeoutMs: 10 };

async function restart({ greenNotifications }: App): Promise<void> {
  await greenNotifications.stop();
  await greenNotifications.start();
}

/** An application in the middle of the first run of its handler. */
async function appInFirstRun(
  road: Road,
  transport: TransportName,
  behave: (run: Run, journal: Journal) => unknown,
  options: RunOptions = ONCE,
) {
  const journal = new Journal();
  const app = await road.run(transport, [inbox(journal, (run) => behave(run, journal))], options);
  const entry = road.publish('long');
  await eventually('the first run', () => journal.runs.length === 1);
  return { app, entry, journal };
}

describe.each(TRANSPORTS)('what a stop cuts off (%s)', (transport) => {
  it('is neither an attempt nor a dead letter, and runs again', async () => {
    await using road = await Road.start();
    const { app, entry, journal } = await appInFirstRun(road, transport, (run, { runs }) =>
      runs.length === 1 ? untilAborted(run) : undefined,
    );
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
    await eventually('nothing in flight', () => app.first.inFlight === 0);
    expect(app.first).toMatchObject({ acknowledged: 1, deadLettered: 0, stuck: 0 });
  });

  it('is not counted however often it happens', async () => {
    await using road = await Road.start();
    const { app, entry, journal } = await appInFirstRun(
      road,
      transport,
      (run, { runs }) => (runs.length <= 4 ? untilAborted(run) : undefined),
      { ...ONCE, retry: { attempts: 2, backoff: QUICK } },
    );
    for (let times = 1; times <= 4; times += 1) {
      await eventually(`run ${times}`, () => journal.runs.length === times);
      await restart(app);
    }
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1, 1, 1, 1]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('leaves the attempts that really failed as they were', async () => {
    await using road = await Road.start();
    const { app, entry, journal } = await appInFirstRun(
      road,
      transport,
      (run, { runs }) => (runs.length === 2 ? untilAborted(run) : fail('real')),
      { ...ONCE, retry: { attempts: 3, backoff: QUICK } },
    );
    await eventually('the second run', () => journal.runs.length === 2);
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 2, 2, 3]);
    expect(await road.letters.list()).toMatchObject([{ attempts: 3, error: { message: 'real' } }]);
  });

  it('runs again alone: a handler that had succeeded does not', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run(
      transport,
      [
        pair(journal, succeeds, (run) =>
          journal.of('second').length === 1 ? untilAborted(run) : undefined,
        ),
      ],
      ONCE,
    );
    const entry = road.publish('long');
    await eventually('both to run', () => journal.runs.length === 2);
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('first')).toEqual([1]);
    expect(journal.attempts('second')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('does not become a dead letter beside one that rejects', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run(
      transport,
      [
        pair(journal, rejects, (run) =>
          journal.of('second').length === 1 ? untilAborted(run) : undefined,
        ),
      ],
      ONCE,
    );
    const entry = road.publish('long');
    await eventually('both to run', () => journal.runs.length === 2);
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('first')).toEqual([1]);
    expect(await road.letters.list()).toMatchObject([{ handler: 'Pair.first' }]);
  });

  it('may fail with an error of its own, which is no attempt either', async () => {
    await using road = await Road.start();
    const { app, entry, journal } = await appInFirstRun(road, transport, async (run, { runs }) => {
      if (runs.length > 1) return;
      await untilAborted(run).catch(() => fail('connection lost'));
    });
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('counts with its late result if it ignores its signal', async () => {
    await using road = await Road.start();
    const finish = new Deferred();
    const { app, entry, journal } = await appInFirstRun(road, transport, () => finish.promise);
    await restart(app);
    await eventually('it to be received again', () => entry.handOuts.length >= 2);
    finish.resolve();
    await within('it to be deleted', entry.deleted);
    expect(new Set(journal.attempts('long'))).toEqual(new Set([1]));
    expect(await road.letters.list()).toEqual([]);
  });

  it('leaves no dead letter when the application closes', async () => {
    await using road = await Road.start();
    const { app, entry } = await appInFirstRun(road, transport, untilAborted);
    await app.nest.close();
    expect(entry.state).toBe('queued');
    expect(await road.letters.list()).toEqual([]);
  });
});

describe('38. what the removal of its instance cuts off', () => {
  it('is neither an attempt nor a dead letter once the instance is back', async () => {
    await using road = await Road.start(2);
    const { app, entry, journal } = await appInFirstRun(
      road,
      'polling',
      (run, { runs }) => (runs.length === 1 ? untilAborted(run) : undefined),
      { ...ONCE, handlerTimeoutMs: 60_000 },
    );
    expect(await app.greenNotifications.removeInstance(String(road.ids[0]))).toBe(true);
    await app.greenNotifications.addInstance(road.given(0));
    await eventually('it to be received again', () => entry.handOuts.length >= 2);
    // Whether the run was cut off or goes on, it ends now.
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(new Set(journal.attempts('long'))).toEqual(new Set([1]));
    expect(await road.letters.list()).toEqual([]);
  });

  it('fires the signal of the handler, and leaves neither an attempt nor a dead letter', async () => {
    await using road = await Road.start();
    const aborted = new Deferred();
    const { app, entry, journal } = await appInFirstRun(
      road,
      'polling',
      async ({ signal }, { runs }) => {
        if (runs.length > 1) return;
        signal.addEventListener('abort', () => aborted.resolve());
        await aborted.promise;
        fail('cut off');
      },
      { retry: { attempts: 1 }, shutdownTimeoutMs: 20 },
    );
    await app.greenNotifications.removeInstance(String(road.ids[0]));
    await within('the signal to fire', aborted.promise);
    await app.greenNotifications.addInstance(road.given(0));
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('leaves the handlers of other instances alone', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const finish = new Deferred();
    const app = await road.run('polling', [inbox(journal, () => finish.promise)], {
      shutdownTimeoutMs: 20,
    });
    const other = road.publish('other', road.at(1));
    await eventually('its run', () => journal.runs.length === 1);
    await app.greenNotifications.removeInstance(String(road.ids[0]));
    expect(journal.runs[0]!.signal.aborted).toBe(false);
    finish.resolve();
    await within('it to be deleted', other.deleted);
    expect(journal.attempts('other')).toEqual([1]);
  });
});
