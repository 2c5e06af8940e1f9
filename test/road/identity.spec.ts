import {
  answerWith,
  connectionReset,
  type EmulatedInstance,
  messages,
  sentTwice,
} from '@green-notifications/emulator';
import { Reject } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../support/deferred.js';
import { eventually, within } from './support/eventually.js';
import { fail, inbox, Journal } from './support/recording-inbox.js';
import { Road, TRANSPORTS, WEBHOOK_TOKEN } from './support/road.js';
import { anonymous } from './support/without.js';

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
    for (let n = 0; n < 10; n += 1) road.instance.publish(body);
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
      await road.run(transport, [
        inbox(journal, ({ attempt }) => (attempt === 1 ? fail('not yet') : undefined)),
      ]);
      const body = road.instance.build.stateInstanceChanged('authorized');
      for (let n = 0; n < 3; n += 1) road.instance.publish(body);
      await road.drained();
      expect(journal.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 2, 1, 2]);
    },
  );

  it('are each given up on, and the next is handled all the same', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('webhook', [
      inbox(journal, () => {
        if (journal.runs.length <= 2) throw new Reject('never');
      }),
    ]);
    const body = road.instance.build.quotaExceeded();
    for (let n = 0; n < 3; n += 1) road.instance.publish(body);
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
      for (let n = 0; n < 3; n += 1) road.instance.publish(body);
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
    for (let n = 0; n < 3; n += 1) road.instance.publish(body);
    await road.drained();
    expect(journal.runs).toHaveLength(3);
  });
});

describe('a message that comes again after it was handled', () => {
  it('is a duplicate, also with a new receipt, and counted as one', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)]);
    const body = road.instance.build.incomingText('once');
    for (let n = 0; n < 3; n += 1) road.instance.publish(body);
    await road.drained();
    expect(journal.texts).toEqual(['once']);
    await eventually('two duplicates', () => app.first.duplicates === 2);
    expect(app.first).toMatchObject({ received: 3, unhandled: 0 });
  });

  it('is told from one that nobody handled, in its outcome', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())], { push: false });
    const reasons: unknown[] = [];
    app.greenNotifications.outcomes$.subscribe(({ outcome }) =>
      reasons.push(outcome.result === 'acknowledged' && outcome.reason),
    );
    const body = road.instance.build.incomingText('once');
    for (let n = 0; n < 2; n += 1) await road.post(app.url, body);
    expect(reasons).toEqual(['handled', 'duplicate']);
  });
});

describe('bodies that do not say whose they are', () => {
  const BODIES: [string, (build: Build) => object][] = [
    ['a message', (build) => anonymous(build.incomingText('hello', { idMessage: 'A1' }))],
    [
      'a status',
      (build) =>
        anonymous(build.outgoingMessageStatus('read', { idMessage: 'A1', chatId: '7900@c.us' })),
    ],
    [
      'a change of state',
      (build) => ({
        ...anonymous(build.stateInstanceChanged('authorized')),
        timestamp: 1,
      }),
    ],
    ['an unknown kind', () => ({ typeWebhook: 'kindOfNextYear', n: 1 })],
    [
      'an empty instanceData',
      (build) => ({
        ...build.incomingText('hello', { idMessage: 'A1', timestamp: 1 }),
        instanceData: {},
      }),
    ],
    [
      'instanceData: null',
      (build) => ({
        ...build.incomingText('hello', { idMessage: 'A1', timestamp: 1 }),
        instanceData: null,
      }),
    ],
  ];

  it.each(BODIES)('are handled for each of two instances, by polling: %s', async (_what, make) => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)]);
    const raw = JSON.stringify(make(road.instance.build));
    for (const instance of [road.at(0), road.at(1)]) {
      await within('it to be deleted', instance.publish(raw).deleted);
    }
    expect(journal.runs.map(({ idInstance }) => idInstance)).toEqual(road.ids.map(String));
    expect(app.greenNotifications.status.instances).toMatchObject([
      { received: 1, duplicates: 0 },
      { received: 1, duplicates: 0 },
    ]);
  });

  it('belong to the instance whose token they come with, by webhook', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const tokens = [`${WEBHOOK_TOKEN}-0`, `${WEBHOOK_TOKEN}-1`];
    const { url } = await road.run('webhook', [inbox(journal)], {
      push: false,
      instances: tokens.map((webhookToken, index) => road.given(index, { webhookToken })),
    });
    const body = anonymous(road.instance.build.incomingText('hello'));
    for (const token of tokens) expect((await road.post(url, body, token)).status).toBe(200);
    for (const token of tokens) expect((await road.post(url, body, token)).status).toBe(200);
    expect(journal.runs.map(({ idInstance }) => idInstance)).toEqual(road.ids.map(String));
  });

  it('do not share attempts, and leave a dead letter for each instance', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    await road.run('polling', [inbox(journal, () => fail())], {
      retry: { attempts: 2, backoff: { initialMs: 30, maxMs: 30, jitter: 0 } },
    });
    const raw = JSON.stringify(anonymous(road.instance.build.incomingText('hello')));
    for (const instance of [road.at(0), road.at(1)]) instance.publish(raw);
    await road.drained();
    for (const id of road.ids) {
      const runs = journal.runs.filter(({ idInstance }) => idInstance === String(id));
      expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2]);
    }
    const letters = await road.letters.list();
    expect(letters.map(({ idInstance }) => Number(idInstance)).toSorted((a, b) => a - b)).toEqual(
      road.ids,
    );
  });

  it('do not join each other while both are being handled', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const finish = new Deferred();
    await road.run('polling', [inbox(journal, () => finish.promise)]);
    const raw = JSON.stringify(anonymous(road.instance.build.incomingText('hello')));
    for (const instance of [road.at(0), road.at(1)]) instance.publish(raw);
    await eventually('a run for each instance', () => journal.runs.length === 2);
    finish.resolve();
    await road.drained();
    expect(journal.runs).toHaveLength(2);
  });
});

describe.each(TRANSPORTS)('votes in a poll that bear one id (%s)', (transport) => {
  const vote = (build: Build, voters: readonly string[], timestamp: number) =>
    build.incoming(messages.pollUpdate('POLL1', 'Lunch?', { Pizza: voters }), {
      idMessage: 'VOTE1',
      timestamp,
    });
  const votersIn = (body: unknown) =>
    (body as { messageData: { pollMessageData: { votes: { optionVoters: string[] }[] } } })
      .messageData.pollMessageData.votes[0]!.optionVoters;

  it('are all handled: given, withdrawn, and given again', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run(transport, [inbox(journal)]);
    const { build } = road.instance;
    const votes = [['a@c.us'], [], ['a@c.us'], [], ['a@c.us']];
    for (const [index, voters] of votes.entries()) {
      road.instance.publish(vote(build, voters, 1_790_000_000 + index));
    }
    await road.drained();
    expect(journal.runs.map(({ body }) => votersIn(body))).toEqual(votes);
  });

  it('are one when the very same is sent again', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    if (transport === 'webhook') road.emulator.faults.nextPush({ times: 3 }, sentTwice());
    await road.run(transport, [inbox(journal)]);
    const body = vote(road.instance.build, ['a@c.us'], 1_790_000_000);
    for (let n = 0; n < 3; n += 1) road.instance.publish(body);
    await road.drained();
    expect(journal.runs).toHaveLength(1);
  });
});
