import type { EmulatedInstance } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { fails } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, WEBHOOK_TOKEN } from '../support/road.js';
import { anonymous } from '../support/without.js';

type Build = EmulatedInstance['build'];

describe('36. bodies that do not say whose they are', () => {
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
    await road.run('polling', [inbox(journal, fails)], {
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

describe('an idInstance of 0', () => {
  it('counts as none', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run('webhook', [inbox(journal)], { push: false });
    const body = { ...road.instance.build.incomingText('hi'), instanceData: { idInstance: 0 } };
    expect(await road.post(url, body)).toMatchObject({ status: 200 });
    expect(journal.texts).toEqual(['hi']);
  });
});
