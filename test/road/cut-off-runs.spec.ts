import { Reject } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../support/deferred.js';
import { eventually, within } from './support/eventually.js';
import { fail, inbox, Journal, pair, type Run } from './support/recording-inbox.js';
import { type App, QUICK, Road, TRANSPORTS } from './support/road.js';

const ONCE = { retry: { attempts: 1, backoff: QUICK }, shutdownTimeoutMs: 10 };

/** Never ends by itself, and fails as `fetch` does when its signal fires. */
const untilAborted = ({ signal }: Run) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

async function restart({ greenNotifications }: App): Promise<void> {
  await greenNotifications.stop();
  await greenNotifications.start();
}

describe.each(TRANSPORTS)('what a stop cuts off (%s)', (transport) => {
  it('is neither an attempt nor a dead letter, and runs again', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run(
      transport,
      [inbox(journal, (run) => (journal.runs.length === 1 ? untilAborted(run) : undefined))],
      ONCE,
    );
    const entry = road.publish('long');
    await eventually('the first run', () => journal.runs.length === 1);
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
    await eventually('nothing in flight', () => app.first.inFlight === 0);
    expect(app.first).toMatchObject({ acknowledged: 1, deadLettered: 0, stuck: 0 });
  });

  it('is not counted however often it happens', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run(
      transport,
      [inbox(journal, (run) => (journal.runs.length <= 4 ? untilAborted(run) : undefined))],
      { ...ONCE, retry: { attempts: 2, backoff: QUICK } },
    );
    const entry = road.publish('long');
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
    const journal = new Journal();
    const app = await road.run(
      transport,
      [inbox(journal, (run) => (journal.runs.length === 2 ? untilAborted(run) : fail('real')))],
      { ...ONCE, retry: { attempts: 3, backoff: QUICK } },
    );
    const entry = road.publish('long');
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
        pair(
          journal,
          () => undefined,
          (run) => (journal.of('second').length === 1 ? untilAborted(run) : undefined),
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
        pair(
          journal,
          () => {
            throw new Reject('never');
          },
          (run) => (journal.of('second').length === 1 ? untilAborted(run) : undefined),
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
    const journal = new Journal();
    const app = await road.run(
      transport,
      [
        inbox(journal, async (run) => {
          if (journal.runs.length > 1) return;
          await untilAborted(run).catch(() => fail('connection lost'));
        }),
      ],
      ONCE,
    );
    const entry = road.publish('long');
    await eventually('the first run', () => journal.runs.length === 1);
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('is not given up on if it ignores its signal, and what it comes to after the start counts', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const finish = new Deferred();
    const app = await road.run(transport, [inbox(journal, () => finish.promise)], ONCE);
    const entry = road.publish('long');
    await eventually('the first run', () => journal.runs.length === 1);
    await restart(app);
    await eventually('it to be received again', () => entry.handOuts.length >= 2);
    finish.resolve();
    await within('it to be deleted', entry.deleted);
    expect(new Set(journal.attempts('long'))).toEqual(new Set([1]));
    expect(await road.letters.list()).toEqual([]);
  });

  it('leaves no dead letter when the application closes', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run(transport, [inbox(journal, untilAborted)], ONCE);
    const entry = road.publish('long');
    await eventually('the first run', () => journal.runs.length === 1);
    await app.nest.close();
    expect(entry.state).toBe('queued');
    expect(await road.letters.list()).toEqual([]);
  });
});

describe('38. what the removal of its instance cuts off', () => {
  it('is neither an attempt nor a dead letter once the instance is back', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const app = await road.run(
      'polling',
      [inbox(journal, (run) => (journal.runs.length === 1 ? untilAborted(run) : undefined))],
      { ...ONCE, handlerTimeoutMs: 60_000 },
    );
    const entry = road.publish('long');
    await eventually('the first run', () => journal.runs.length === 1);
    expect(await app.greenNotifications.removeInstance(String(road.ids[0]))).toBe(true);
    await app.greenNotifications.addInstance(road.given(0));
    await eventually('it to be received again', () => entry.handOuts.length >= 2);
    // Whether the run was cut off or goes on, it ends now.
    await restart(app);
    await within('it to be deleted', entry.deleted);
    expect(new Set(journal.attempts('long'))).toEqual(new Set([1]));
    expect(await road.letters.list()).toEqual([]);
  });
});
