import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { firstOnly, OTHER, OWN } from '../support/added-instances.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('an instance that is added, by webhook', () => {
  it('is let in with its own token, and with no other', async () => {
    await using road = await Road.start(3);
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], firstOnly(road));
    await app.greenNotifications.addInstance(road.given(1, { webhookToken: OWN }));
    await app.greenNotifications.addInstance(road.given(2, { webhookToken: OTHER }));
    const body = road.at(1).build.incomingText('hello');
    expect((await road.post(app.url, body, OTHER)).status).toBe(404);
    expect((await road.post(app.url, body)).status).toBe(404);
    expect((await road.post(app.url, body, OWN)).status).toBe(200);
    expect((await road.post(app.url, road.at(0).build.incomingText('first'))).status).toBe(200);
    expect((await road.post(app.url, road.at(0).build.incomingText('x'), OWN)).status).toBe(404);
    expect(journal.texts).toEqual(['hello', 'first']);
  });

  it('may have several tokens, and no other instance has any of its own', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())], {
      push: false,
      instances: [],
      webhook: {},
    });
    await app.greenNotifications.addInstance(road.given(0, { webhookToken: [OWN, OTHER] }));
    for (const token of [OWN, OTHER]) {
      const body = road.instance.build.incomingText(token);
      expect((await road.post(app.url, body, token)).status).toBe(200);
    }
    expect((await road.post(app.url, road.instance.build.incomingText('no'), 'x')).status).toBe(
      401,
    );
  });

  it('is refused once it is removed, and with its old token when it comes back', async () => {
    await using road = await Road.start(2);
    const app = await road.run('webhook', [inbox(new Journal())], firstOnly(road));
    const body = () => road.at(1).build.incomingText('hello');
    await app.greenNotifications.addInstance(road.given(1, { webhookToken: OWN }));
    expect((await road.post(app.url, body(), OWN)).status).toBe(200);
    await app.greenNotifications.removeInstance(String(road.ids[1]));
    expect((await road.post(app.url, body(), OWN)).status).toBe(401);
    await app.greenNotifications.addInstance(road.given(1, { webhookToken: OTHER }));
    expect((await road.post(app.url, body(), OWN)).status).toBe(401);
    expect((await road.post(app.url, body(), OTHER)).status).toBe(200);
  });

  it('keeps its token over a stop and a start', async () => {
    await using road = await Road.start(2);
    const app = await road.run('webhook', [inbox(new Journal())], firstOnly(road));
    await app.greenNotifications.addInstance(road.given(1, { webhookToken: OWN }));
    await app.greenNotifications.stop();
    await app.greenNotifications.start();
    const body = road.at(1).build.incomingText('hello');
    expect((await road.post(app.url, body, OWN)).status).toBe(200);
  });

  it('is refused when it would have no token', async () => {
    await using road = await Road.start(2);
    const app = await road.run('webhook', [inbox(new Journal())], {
      push: false,
      instances: [road.given(0, { webhookToken: OWN })],
      webhook: { token: undefined },
    });
    await expect(app.greenNotifications.addInstance(road.given(1))).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    expect(app.greenNotifications.instances).toHaveLength(1);
    const body = road.at(1).build.incomingText('forged');
    expect((await road.post(app.url, body, 'anything')).status).toBe(401);
  });
});

describe('an instance that is added while the registration comes from forRootAsync', () => {
  it('is let in with its own token only', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.runModule(
      {
        imports: [
          GreenNotificationsModule.forRootAsync({
            useFactory: async () => road.options('webhook', { instances: [] }),
          }),
        ],
        providers: [inbox(journal)],
      },
      { http: true },
    );
    await app.greenNotifications.addInstance(road.given(0, { webhookToken: OWN }));
    const body = road.instance.build.incomingText('hello');
    expect((await road.post(app.url, body, OWN)).status).toBe(200);
    expect((await road.post(app.url, body)).status).toBe(404);
  });
});
