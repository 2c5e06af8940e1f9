import { type EmulatedInstance } from '@green-notifications/emulator';
import {
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import * as fc from 'fast-check';

import { RecordingLogger } from '../support/recording.logger.js';
import { Deferred } from '../support/deferred.js';
import { eventually, within } from './support/eventually.js';
import { inbox, Journal } from './support/recording-inbox.js';
import { type App, Road } from './support/road.js';

/** Works on `slow` until it is told to end. */
function slowInbox() {
  const journal = new Journal();
  const finish = new Deferred();
  const Inbox = inbox(journal, ({ text }) => (text === 'slow' ? finish.promise : undefined));
  return { Inbox, journal, finish };
}

/** An application of the first instance only, which handles something that takes its time. */
async function busy(road: Road, options: object = {}) {
  const slow = slowInbox();
  const app = await road.run('polling', [slow.Inbox], { instances: [road.given(0)], ...options });
  const entry = road.publish('slow');
  await eventually('the slow run', () => slow.journal.runs.length === 1);
  return { ...slow, app, entry };
}

const isPolled = ({ parkedPolls }: EmulatedInstance) => parkedPolls > 0;

async function expectIdle(road: Road, ...instances: EmulatedInstance[]): Promise<void> {
  const receives = () =>
    instances.map(({ requests }) => requests.of({ method: 'receiveNotification' }).length);
  await eventually('nobody to poll', () => !instances.some(isPolled));
  const before = receives();
  for (const instance of instances) road.publish('nobody is there', instance);
  await road.idle();
  expect(receives()).toEqual(before);
  for (const { ledger } of instances) expect(ledger.entries.at(-1)!.handOuts).toEqual([]);
}

describe('an instance that is added while a stop is under way', () => {
  it('is not received from until the next start', async () => {
    await using road = await Road.start(2);
    const { app, finish, journal } = await busy(road);
    const { greenNotifications } = app;
    const stopped = greenNotifications.stop();
    const added = greenNotifications.addInstance(road.given(1));
    await road.idle(5);
    finish.resolve();
    await within('the stop', stopped);
    await within('the addition', added);
    expect(greenNotifications.status.state).toBe('stopped');
    await expectIdle(road, road.at(1));

    await greenNotifications.start();
    await road.drained();
    expect(journal.texts).toEqual(['slow', 'nobody is there']);
  });

  it('is not polled once the application is closed', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busy(road);
    const closed = app.nest.close();
    const added = app.greenNotifications.addInstance(road.given(1)).catch(() => undefined);
    finish.resolve();
    await within('the end of the application', closed);
    await within('the addition to end', added);
    await expectIdle(road, road.at(1));
    expect(app.greenNotifications.status.state).toBe('stopped');
  });

  it('is answered 503 by webhook until the next start', async () => {
    await using road = await Road.start(2);
    const { Inbox, journal, finish } = slowInbox();
    const app = await road.run('webhook', [Inbox], { instances: [road.given(0)], push: false });
    const slow = road.post(app.url, road.instance.build.incomingText('slow'));
    await eventually('the slow run', () => journal.runs.length === 1);
    const stopped = app.greenNotifications.stop();
    const added = app.greenNotifications.addInstance(road.given(1));
    finish.resolve();
    expect((await slow).status).toBe(200);
    await within('both', Promise.all([stopped, added]));
    const body = road.at(1).build.incomingText('hello');
    expect((await road.post(app.url, body)).status).toBe(503);
    await app.greenNotifications.start();
    expect((await road.post(app.url, body)).status).toBe(200);
  });

  it('and removed again leaves nothing behind', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busy(road);
    const { greenNotifications } = app;
    const all = [
      greenNotifications.stop(),
      greenNotifications.addInstance(road.given(1)),
      greenNotifications.removeInstance(String(road.ids[1])),
      greenNotifications.start(),
    ];
    finish.resolve();
    const results = await within('all of it', Promise.all(all));
    expect(results[2]).toBe(true);
    expect(greenNotifications.instances).toHaveLength(1);
    await eventually('the first to be polled', () => isPolled(road.at(0)));
    await expectIdle(road, road.at(1));
  });
});

describe('38. starts and stops, additions and removals', () => {
  it('end as the last call says: stop, start, stop', async () => {
    await using road = await Road.start();
    const { app, finish, entry } = await busy(road);
    const { greenNotifications } = app;
    const all = [greenNotifications.stop(), greenNotifications.start(), greenNotifications.stop()];
    finish.resolve();
    await within('all three', Promise.all(all));
    expect(entry.state).toBe('deleted');
    expect(greenNotifications.status.state).toBe('stopped');
    await expectIdle(road, road.instance);
  });

  it('end as the last call says: stop, start, stop, start', async () => {
    await using road = await Road.start();
    const { app, finish } = await busy(road);
    const { greenNotifications } = app;
    const all = [
      greenNotifications.stop(),
      greenNotifications.start(),
      greenNotifications.stop(),
      greenNotifications.start(),
    ];
    finish.resolve();
    await within('all four', Promise.all(all));
    expect(greenNotifications.status.state).toBe('running');
    await within('the next to be deleted', road.publish('next').deleted);
    await eventually('one poll, and no second', () => road.instance.parkedPolls === 1);
  });

  it('change an instance: removed and added again in one go, while it is busy', async () => {
    await using road = await Road.start();
    const { app, finish, entry } = await busy(road);
    const { greenNotifications } = app;
    const removed = greenNotifications.removeInstance(String(road.ids[0]));
    const added = greenNotifications.addInstance(road.given(0, { name: 'renamed' }));
    finish.resolve();
    expect(await within('the removal', removed)).toBe(true);
    expect(await within('the addition', added)).toMatchObject({ name: 'renamed' });
    expect(entry.state).toBe('deleted');
    await within('the next to be deleted', road.publish('next').deleted);
    expect(greenNotifications.instances.map(({ name }) => name)).toEqual(['renamed']);
    await eventually('one poll, and no second', () => road.instance.parkedPolls === 1);
  });

  it('remove once, and say so, when two remove the same instance', async () => {
    await using road = await Road.start();
    const { app, finish } = await busy(road);
    const name = String(road.ids[0]);
    const both = [
      app.greenNotifications.removeInstance(name),
      app.greenNotifications.removeInstance(name),
    ];
    finish.resolve();
    expect(await within('both removals', Promise.all(both))).toEqual([true, false]);
    await expectIdle(road, road.instance);
  });

  it('add once, and refuse the other, when two add the same instance', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busy(road);
    const { greenNotifications } = app;
    const both = [
      greenNotifications.addInstance(road.given(1)),
      greenNotifications.addInstance(road.given(1)),
    ];
    finish.resolve();
    const ends = await within('both additions', Promise.allSettled(both));
    expect(ends).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'DUPLICATE_INSTANCE' } },
    ]);
    await eventually('one poll, and no second', () => road.at(1).parkedPolls === 1);
  });

  it('go on after one of them failed', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busy(road);
    const { greenNotifications } = app;
    finish.resolve();
    const ends = await within(
      'all of them',
      Promise.allSettled([
        greenNotifications.start(),
        greenNotifications.addInstance({ ...road.given(1), idInstance: 'x' }),
        greenNotifications.removeInstance('nobody'),
        greenNotifications.addInstance(road.given(1)),
      ]),
    );
    expect(ends).toMatchObject([
      { status: 'rejected', reason: { code: 'ALREADY_STARTED' } },
      { status: 'rejected', reason: { code: 'INVALID_OPTIONS' } },
      { status: 'fulfilled', value: false },
      { status: 'fulfilled' },
    ]);
    await within('the added one', road.publish('hello', road.at(1)).deleted);
  });

  it('may be asked for by a handler', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const parts: { app?: App } = {};
    parts.app = await road.run(
      'polling',
      [
        inbox(journal, async ({ text }) => {
          if (text !== 'new shop') return;
          await parts.app!.greenNotifications.addInstance(road.given(1));
        }),
      ],
      { instances: [road.given(0)] },
    );
    await within('the handler to end', road.publish('new shop').deleted);
    await within('the added one', road.publish('hello', road.at(1)).deleted);
    expect(journal.texts).toEqual(['new shop', 'hello']);
  });

  it('happen one after the other, whatever is asked for and in which order', async () => {
    const operation = fc.constantFrom('start', 'stop', 'add', 'remove', 'publish');
    const property = fc.asyncProperty(
      fc.array(operation, { minLength: 4, maxLength: 14 }),
      async (operations) => {
        await using road = await Road.start(2, { rateLimits: false });
        const journal = new Journal();
        const { greenNotifications } = await road.run('polling', [inbox(journal)], {
          instances: [road.given(0)],
        });
        const model = { isRunning: true, isThere: false };
        const expected: string[] = [];
        const ends: Promise<string>[] = [];
        for (const name of operations) {
          if (name === 'publish') road.publish('anything', road.at(ends.length % 2));
          const { end, expect: answer } = step(name, greenNotifications, road, model);
          ends.push(end);
          expected.push(answer);
        }
        expect(await within('every operation to end', Promise.all(ends))).toEqual(expected);
        expect(greenNotifications.status.state).toBe(model.isRunning ? 'running' : 'stopped');
        expect(greenNotifications.instances).toHaveLength(model.isThere ? 2 : 1);
        const wanted = [model.isRunning ? 1 : 0, model.isRunning && model.isThere ? 1 : 0];
        const polls = () => [road.at(0).parkedPolls, road.at(1).parkedPolls];
        await eventually(
          () => `${wanted.join(' and ')} polls (there are ${polls().join(' and ')})`,
          () => polls().every((count, index) => count === wanted[index]),
        );
        await road.idle(3);
        expect(polls()).toEqual(wanted);
      },
    );
    await expect(fc.assert(property, { seed: 8, numRuns: 15 })).resolves.toBeUndefined();
  });
});

/** Asks for one operation without waiting for it, and says what is to come of it. */
function step(
  name: string,
  greenNotifications: GreenNotifications,
  road: Road,
  model: { isRunning: boolean; isThere: boolean },
): { end: Promise<string>; expect: string } {
  const endOf = (work: Promise<unknown>) =>
    work.then(
      (value) => (typeof value === 'boolean' ? String(value) : 'done'),
      (error: { code: string }) => error.code,
    );
  const { isRunning, isThere } = model;
  switch (name) {
    case 'start':
      model.isRunning = true;
      return {
        end: endOf(greenNotifications.start()),
        expect: isRunning ? 'ALREADY_STARTED' : 'done',
      };
    case 'stop':
      model.isRunning = false;
      return { end: endOf(greenNotifications.stop()), expect: 'done' };
    case 'add':
      model.isThere = true;
      return {
        end: endOf(greenNotifications.addInstance(road.given(1))),
        expect: isThere ? 'DUPLICATE_INSTANCE' : 'done',
      };
    case 'remove':
      model.isThere = false;
      return {
        end: endOf(greenNotifications.removeInstance(String(road.ids[1]))),
        expect: String(isThere),
      };
    default:
      return { end: Promise.resolve('done'), expect: 'done' };
  }
}

describe('autoStart: false', () => {
  it('receives nothing by polling before start(), and everything after', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)], { autoStart: false });
    const entry = road.publish('waiting');
    await road.idle();
    expect(app.greenNotifications.status.state).toBe('stopped');
    expect(road.instance.requests.of({ method: 'receiveNotification' })).toEqual([]);
    await app.greenNotifications.start();
    await within('it to be deleted', entry.deleted);
    expect(app.greenNotifications.status.state).toBe('running');
    await expect(app.greenNotifications.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });

  it('answers 503 to webhooks before start(), and handles them after', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { autoStart: false, push: false });
    const body = road.instance.build.incomingText('waiting');
    expect((await road.post(app.url, body)).status).toBe(503);
    expect(journal.runs).toEqual([]);
    await app.greenNotifications.start();
    expect((await road.post(app.url, body)).status).toBe(200);
    expect(journal.texts).toEqual(['waiting']);
  });

  it('lets a command line task end without a trace', async () => {
    await using road = await Road.start();
    const module = await Test.createTestingModule({
      imports: [
        GreenNotificationsModule.forRootAsync({
          useFactory: () => road.options('polling', { autoStart: false }),
        }),
      ],
      providers: [inbox(new Journal())],
    })
      .setLogger(new RecordingLogger())
      .compile();
    await module.init();
    const entry = road.publish('for the server');
    await road.idle();
    await within('the end', module.close());
    expect(road.instance.requests.of({ method: 'receiveNotification' })).toEqual([]);
    expect(entry.state).toBe('queued');
  });

  it('needs no HTTP server for webhooks that are not to be received', async () => {
    await using road = await Road.start();
    const module = await Test.createTestingModule({
      imports: [GreenNotificationsModule.forRoot(road.options('webhook', { autoStart: false }))],
      providers: [inbox(new Journal())],
    })
      .setLogger(new RecordingLogger())
      .compile();
    await module.init();
    expect(module.get(GreenNotifications).status.state).toBe('stopped');
    await module.close();
  });

  it('keeps instances that are added, and receives from them after start()', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const { greenNotifications } = await road.run('polling', [inbox(journal)], {
      autoStart: false,
      instances: [road.given(0)],
    });
    await greenNotifications.addInstance(road.given(1));
    await greenNotifications.stop();
    await expectIdle(road, road.at(0), road.at(1));
    await greenNotifications.start();
    await road.drained();
    expect(journal.runs).toHaveLength(2);
  });
});

describe('instances: []', () => {
  it('starts, and receives from instances that are added later, until they are removed', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const { greenNotifications } = await road.run('polling', [inbox(journal)], { instances: [] });
    expect(greenNotifications.status).toMatchObject({ state: 'running', instances: [] });
    for (const index of [0, 1]) {
      await greenNotifications.addInstance(road.given(index, { name: `tenant ${index}` }));
      await within('its notification', road.publish(`for ${index}`, road.at(index)).deleted);
    }
    for (const index of [0, 1]) await greenNotifications.removeInstance(`tenant ${index}`);
    await expectIdle(road, road.at(0), road.at(1));
    await greenNotifications.addInstance(road.given(0));
    await eventually('the first to be received from again', () => journal.runs.length === 3);
  });

  it('takes webhooks of instances that are added later', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { instances: [], push: false });
    const body = road.instance.build.incomingText('hello');
    expect((await road.post(app.url, body)).status).not.toBe(200);
    await app.greenNotifications.addInstance(road.given(0));
    expect((await road.post(app.url, body)).status).toBe(200);
    expect(journal.texts).toEqual(['hello']);
  });

  it('comes from forRootAsync as well, and stops and starts', async () => {
    await using road = await Road.start();
    @Injectable()
    class Tenants {
      readonly seen: string[] = [];
      @OnNotification('*')
      onAny(): void {
        this.seen.push('one');
      }
    }
    const { nest, greenNotifications } = await road.runModule({
      imports: [
        GreenNotificationsModule.forRootAsync({
          useFactory: async () => road.options('polling', { instances: [] }),
        }),
      ],
      providers: [Tenants],
    });
    await greenNotifications.stop();
    await greenNotifications.addInstance(road.given(0));
    await greenNotifications.start();
    await within('its notification', road.publish('hello').deleted);
    expect(nest.get(Tenants).seen).toEqual(['one']);
  });
});
