import { describe, expect, it } from '@jest/globals';

import { busyApp, expectNotPolled, isPolled, slowInbox } from '../support/busy-app.js';
import { eventually, within } from '../support/eventually.js';
import { Road } from '../support/road.js';

describe('an instance that is added while a stop is under way', () => {
  it('is not received from until the next start', async () => {
    await using road = await Road.start(2);
    const { app, finish, journal } = await busyApp(road);
    const { greenNotifications } = app;
    const stopped = greenNotifications.stop();
    const added = greenNotifications.addInstance(road.given(1));
    await road.idle(5);
    finish.resolve();
    await within('the stop', stopped);
    await within('the addition', added);
    expect(greenNotifications.status.state).toBe('stopped');
    await expectNotPolled(road, road.at(1));

    await greenNotifications.start();
    await road.drained();
    expect(journal.texts).toEqual(['slow', 'nobody is there']);
  });

  it('is not polled once the application is closed', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busyApp(road);
    const closed = app.nest.close();
    const added = app.greenNotifications.addInstance(road.given(1)).catch(() => undefined);
    finish.resolve();
    await within('the end of the application', closed);
    await within('the addition to end', added);
    await expectNotPolled(road, road.at(1));
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

  it('leaves nothing behind when it is removed again', async () => {
    await using road = await Road.start(2);
    const { app, finish } = await busyApp(road);
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
    await expectNotPolled(road, road.at(1));
  });
});
