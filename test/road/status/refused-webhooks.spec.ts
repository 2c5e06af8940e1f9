import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { type CanActivate, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { eventually, within } from '../support/eventually.js';
import { anyDate, failuresOf, isFailing, matching } from '../support/failures.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, WEBHOOK_TOKEN } from '../support/road.js';

describe('40. the status of an instance whose notifications come by webhook', () => {
  it('shows no failure when all is well', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())]);
    await within('it to be deleted', road.publish('hello').deleted);
    expect(failuresOf(app)).toEqual([]);
  });

  it('shows that the application refuses what the token check let in, until it no longer does', async () => {
    await using road = await Road.start();
    const door = { isOpen: false };
    @Injectable()
    class Doorkeeper implements CanActivate {
      canActivate(): boolean {
        return door.isOpen;
      }
    }
    const journal = new Journal();
    const registration = GreenNotificationsModule.forRoot({
      ...road.options('webhook'),
      globalEnhancers: false,
    });
    const app = await road.runModule(
      {
        imports: [registration],
        providers: [inbox(journal), { provide: APP_GUARD, useClass: Doorkeeper }],
      },
      { http: true, push: true },
    );
    const entry = road.publish('hello');
    await eventually('a refusal', () => entry.handOuts[0]?.status === 403);
    await eventually('a failure in the status', () => isFailing(app));
    expect(failuresOf(app)).toMatchObject([
      { operation: 'webhook', code: matching(/./), message: matching(/./), since: anyDate },
    ]);
    expect(JSON.stringify(app.greenNotifications.status)).not.toContain(WEBHOOK_TOKEN);
    door.isOpen = true;
    await within('it to be deleted', entry.deleted);
    expect(journal.texts).toEqual(['hello']);
    await eventually('the failure to be over', () => !isFailing(app));
  });

  it('shows no failure for a request without the token', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())], { push: false });
    const body = road.instance.build.incomingText('forged');
    for (const token of ['wrong', `${WEBHOOK_TOKEN}x`]) {
      expect((await road.post(app.url, body, token)).status).toBe(401);
    }
    expect(app.first).toMatchObject({ received: 0, failures: [] });
  });
});
