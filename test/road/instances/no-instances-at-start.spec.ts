import { GreenNotificationsModule, OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { expectNotPolled } from '../support/busy-app.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('instances: []', () => {
  it('starts, and receives from instances from their addition to their removal', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const { greenNotifications } = await road.run('polling', [inbox(journal)], { instances: [] });
    expect(greenNotifications.status).toMatchObject({ state: 'running', instances: [] });
    for (const index of [0, 1]) {
      await greenNotifications.addInstance(road.given(index, { name: `tenant ${index}` }));
      await within('its notification', road.publish(`for ${index}`, road.at(index)).deleted);
    }
    for (const index of [0, 1]) await greenNotifications.removeInstance(`tenant ${index}`);
    await expectNotPolled(road, road.at(0), road.at(1));
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

  it('also works with forRootAsync, and over a stop and a start', async () => {
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
