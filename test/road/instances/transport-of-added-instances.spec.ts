import { describe, expect, it } from '@jest/globals';

import { firstOnly, OWN } from '../support/added-instances.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, WEBHOOK_TOKEN } from '../support/road.js';

describe('an instance that is added with a transport of its own', () => {
  it('is polled where the others come by webhook', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], firstOnly(road));
    await app.greenNotifications.addInstance(road.given(1, { transport: 'polling' }));
    await within('it to be deleted', road.publish('polled', road.at(1)).deleted);
    expect(journal.texts).toEqual(['polled']);
    expect((await road.post(app.url, road.at(1).build.incomingText('posted'))).status).not.toBe(
      200,
    );
    await app.greenNotifications.removeInstance(String(road.ids[1]));
    await eventually('nobody to poll', () => road.at(1).parkedPolls === 0);
  });

  it('comes by webhook without webhook options, or is refused as INVALID_OPTIONS', async () => {
    await using road = await Road.start(2);
    const app = await road.run('polling', [inbox(new Journal())], {
      instances: [road.given(0)],
      http: true,
    });
    const end = await app.greenNotifications
      .addInstance(road.given(1, { transport: 'webhook', webhookToken: OWN }))
      .then(
        () => 'added',
        (error: { code: string }) => error.code,
      );
    const isAdded = end === 'added';
    const answer = await road.post(app.url, road.at(1).build.incomingText('posted'), OWN);
    expect({ end, status: answer.status }).toEqual(
      isAdded ? { end, status: 200 } : { end: 'INVALID_OPTIONS', status: 404 },
    );
    expect(app.greenNotifications.instances).toHaveLength(isAdded ? 2 : 1);
  });

  it('comes by webhook where the others are polled', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)], {
      instances: [road.given(0)],
      webhook: { token: WEBHOOK_TOKEN },
      http: true,
    });
    await app.greenNotifications.addInstance(
      road.given(1, { transport: 'webhook', webhookToken: OWN }),
    );
    const body = road.at(1).build.incomingText('posted');
    expect((await road.post(app.url, body, OWN)).status).toBe(200);
    expect((await road.post(app.url, body, 'wrong')).status).toBe(401);
    expect(road.at(1).requests.of({ method: 'receiveNotification' })).toEqual([]);
    await within('the polled one', road.publish('polled').deleted);
    expect(journal.texts).toEqual(['posted', 'polled']);
  });

  it('is polled when the transport is webhook and there is no other instance', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { instances: [], push: false });
    await app.greenNotifications.addInstance(road.given(0, { transport: 'polling' }));
    await within('it to be deleted', road.publish('polled').deleted);
    await app.greenNotifications.stop();
    await eventually('nobody to poll', () => road.instance.parkedPolls === 0);
    await app.greenNotifications.start();
    await within('it to be deleted', road.publish('polled again').deleted);
    expect(journal.texts).toEqual(['polled', 'polled again']);
  });
});
