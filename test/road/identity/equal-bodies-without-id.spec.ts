import { answerWith, connectionReset, type EmulatedInstance } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { rejects, succeedsAtAttempt } from '../support/behaviours.js';
import { eventually } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, TRANSPORTS } from '../support/road.js';

type Build = EmulatedInstance['build'];

const WITHOUT_ID: [string, (build: Build) => object][] = [
  ['quotaExceeded', (build) => build.quotaExceeded()],
  ['stateInstanceChanged', (build) => build.stateInstanceChanged('authorized')],
  ['statusInstanceChanged', (build) => build.statusInstanceChanged('online')],
  ['deviceInfo', (build) => build.deviceInfo()],
  ['deviceInfo with an avatar', (build) => build.avatarInfo()],
  ['incomingBlock', (build) => build.incomingBlock()],
  ['a kind that is not known', (build) => build.notification('kindOfNextYear', { n: 1 })],
];

describe('36. equal bodies of a kind without an id of its own', () => {
  it.each(WITHOUT_ID)('are each handled, posted one after the other: %s', async (_kind, make) => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { push: false });
    const body = make(road.instance.build);
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await road.post(app.url, body)).status);
    expect(statuses).toEqual([200, 200, 200]);
    expect(journal.runs).toHaveLength(3);
    expect(app.first).toMatchObject({ received: 3, acknowledged: 3, duplicates: 0, joined: 0 });
  });

  it.each(TRANSPORTS)('are each handled, ten of them in a queue (%s)', async (transport) => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run(transport, [inbox(journal)]);
    const body = road.instance.build.quotaExceeded();
    road.publishCopies(body, 10);
    await road.drained();
    expect(journal.runs).toHaveLength(10);
    expect(road.instance.ledger.redelivered).toEqual([]);
  });

  it('are one while the first is being handled, and another one afterwards', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const finish = new Deferred();
    const { url } = await road.run('webhook', [inbox(journal, () => finish.promise)], {
      push: false,
    });
    const body = road.instance.build.quotaExceeded();
    const first = road.post(url, body);
    await eventually('the run', () => journal.runs.length === 1);
    const second = road.post(url, body);
    await road.idle();
    finish.resolve();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(journal.runs).toHaveLength(1);
    expect((await road.post(url, body)).status).toBe(200);
    expect(journal.runs).toHaveLength(2);
  });

  it.each(TRANSPORTS)(
    'start from the first attempt each, when each fails at first (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      await road.run(transport, [inbox(journal, succeedsAtAttempt(2))]);
      const body = road.instance.build.stateInstanceChanged('authorized');
      road.publishCopies(body, 3);
      await road.drained();
      expect(journal.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 2, 1, 2]);
    },
  );

  it('are rejected one by one, and the next is handled all the same', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('webhook', [
      inbox(journal, () => {
        if (journal.runs.length <= 2) rejects();
      }),
    ]);
    const body = road.instance.build.quotaExceeded();
    road.publishCopies(body, 3);
    await road.drained();
    expect(journal.runs).toHaveLength(3);
  });

  it.each(['before-effect', 'after-effect'] as const)(
    'are each handled once when the connection breaks at a DELETE, %s',
    async (moment) => {
      await using road = await Road.start();
      const journal = new Journal();
      road.emulator.faults.next({ method: 'deleteNotification' }, connectionReset(moment));
      await road.run('polling', [inbox(journal)]);
      const body = road.instance.build.quotaExceeded();
      road.publishCopies(body, 3);
      await road.drained();
      expect(journal.runs).toHaveLength(3);
    },
  );

  it('are each handled once when GREEN-API says that a DELETE did nothing, and shows the head again', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    road.emulator.faults.next(
      { method: 'deleteNotification' },
      answerWith({ status: 200, body: { result: false } }),
    );
    await road.run('polling', [inbox(journal)]);
    const body = road.instance.build.quotaExceeded();
    road.publishCopies(body, 3);
    await road.drained();
    expect(journal.runs).toHaveLength(3);
  });
});
