import { describe, expect, it } from '@jest/globals';

import { busyApp, expectNotPolled } from '../support/busy-app.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { type App, Road } from '../support/road.js';

describe('38. starts and stops, additions and removals', () => {
  it('leave it stopped: stop, start, stop', async () => {
    await using road = await Road.start();
    const { app, finish, entry } = await busyApp(road);
    const { greenNotifications } = app;
    const all = [greenNotifications.stop(), greenNotifications.start(), greenNotifications.stop()];
    finish.resolve();
    await within('all three', Promise.all(all));
    expect(entry.state).toBe('deleted');
    expect(greenNotifications.status.state).toBe('stopped');
    await expectNotPolled(road, road.instance);
  });

  it('leave it running: stop, start, stop, start', async () => {
    await using road = await Road.start();
    const { app, finish } = await busyApp(road);
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

  it('change an instance that is removed and added again while it is busy', async () => {
    await using road = await Road.start();
    const { app, finish, entry } = await busyApp(road);
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

  it('remove once, and tell the second caller, when two remove the same instance', async () => {
    await using road = await Road.start();
    const { app, finish } = await busyApp(road);
    const name = String(road.ids[0]);
    const both = [
      app.greenNotifications.removeInstance(name),
      app.greenNotifications.removeInstance(name),
    ];
    finish.resolve();
    expect(await within('both removals', Promise.all(both))).toEqual([true, false]);
    await expectNotPolled(road, road.instance);
  });

  it('add once, and refuse the other, when two add the same instance', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busyApp(road);
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
    const { app, finish } = await busyApp(road);
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

  it('may be called by a handler', async () => {
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
});
