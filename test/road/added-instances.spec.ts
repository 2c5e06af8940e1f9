import { GreenNotificationsModule, OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { eventually, within } from './support/eventually.js';
import { inbox, Journal } from './support/recording-inbox.js';
import { Road, WEBHOOK_TOKEN } from './support/road.js';

const OWN = `${WEBHOOK_TOKEN}-own`;
const OTHER = `${WEBHOOK_TOKEN}-other`;
const PUBLIC_URL = 'https://bots.example.com/green-api/webhook';

@Injectable()
class Texts {
  @OnNotification('incomingMessageReceived')
  onText(): void {}
}

/** Instances that are added all have their own; the first instance is there from the start. */
const firstOnly = (road: Road) => ({ push: false, instances: [road.given(0)] });

describe('an instance that is added, by webhook', () => {
  it('is let in with a token of its own, and with no other', async () => {
    await using road = await Road.start(3);
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], firstOnly(road));
    await app.greenNotifications.addInstance(road.given(1, { webhookToken: OWN }));
    await app.greenNotifications.addInstance(road.given(2, { webhookToken: OTHER }));
    const body = road.at(1).build.incomingText('hello');
    expect((await road.post(app.url, body, OTHER)).status).toBe(401);
    expect((await road.post(app.url, body)).status).toBe(401);
    expect((await road.post(app.url, body, OWN)).status).toBe(200);
    expect((await road.post(app.url, road.at(0).build.incomingText('first'))).status).toBe(200);
    expect((await road.post(app.url, road.at(0).build.incomingText('x'), OWN)).status).toBe(401);
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

  it('is let in no more once it is removed, nor with its old token when it comes back', async () => {
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

  it('is refused when anybody could post for it, as at the start', async () => {
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

  it('comes by webhook where nothing was said of webhooks, or is refused with what to do', async () => {
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

  it('is polled when the registration has no instances and says webhook', async () => {
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

describe("the settings of an instance that is added, with settings: 'apply'", () => {
  it('are made to fit its webhook, its own token included', async () => {
    await using road = await Road.start(2);
    const app = await road.run('webhook', [Texts], {
      ...firstOnly(road),
      settings: 'apply',
      webhook: { publicUrl: PUBLIC_URL },
    });
    await eventually('the first to be set', () => road.at(0).settings.webhookUrl === PUBLIC_URL);
    await app.greenNotifications.addInstance(road.given(1, { webhookToken: OWN }));
    await eventually('the added one to be set', () => road.at(1).settings.webhookUrl !== '');
    expect(road.at(1).settings).toMatchObject({
      webhookUrl: PUBLIC_URL,
      webhookUrlToken: OWN,
      incomingWebhook: 'yes',
      outgoingWebhook: 'no',
    });
    expect(road.at(0).settings).toMatchObject({ webhookUrlToken: WEBHOOK_TOKEN });
  });

  it('are made to fit polling', async () => {
    await using road = await Road.start(2);
    road.at(1).applySettings({ webhookUrl: 'http://127.0.0.1:9/elsewhere' });
    const app = await road.run('polling', [Texts], { ...firstOnly(road), settings: 'apply' });
    await app.greenNotifications.addInstance(road.given(1));
    await eventually('the added one to be set', () => road.at(1).settings.webhookUrl === '');
    expect(road.at(1).settings.incomingWebhook).toBe('yes');
  });

  it('are made to fit the transport of its own', async () => {
    await using road = await Road.start(2);
    road.at(1).applySettings({ webhookUrl: 'http://127.0.0.1:9/elsewhere' });
    const app = await road.run('webhook', [Texts], {
      ...firstOnly(road),
      settings: 'apply',
      webhook: { publicUrl: PUBLIC_URL },
    });
    await app.greenNotifications.addInstance(road.given(1, { transport: 'polling' }));
    await eventually('the added one to be set', () => road.at(1).settings.webhookUrl === '');
    expect(road.at(1).settings.incomingWebhook).toBe('yes');
  });

  it('do not outlive its removal: no call is made for it afterwards', async () => {
    await using road = await Road.start(2);
    const app = await road.run('polling', [Texts], { ...firstOnly(road), settings: 'apply' });
    await app.greenNotifications.addInstance(road.given(1));
    await eventually(
      'the added one to be set',
      () => road.at(1).settings.incomingWebhook === 'yes',
    );
    expect(await app.greenNotifications.removeInstance(String(road.ids[1]))).toBe(true);
    await eventually('nobody to poll', () => road.at(1).parkedPolls === 0);
    const before = road.at(1).requests.records.length;
    await road.idle();
    expect(road.at(1).requests.records).toHaveLength(before);
  });
});

describe("the settings of an instance that is added, with settings: 'check'", () => {
  it('are looked at, and what does not fit is said', async () => {
    await using road = await Road.start(2);
    const app = await road.run('polling', [Texts], { ...firstOnly(road), settings: 'check' });
    await app.greenNotifications.addInstance(road.given(1, { name: 'second shop' }));
    await eventually('what does not fit', () =>
      road.logs.having('WARN', 'do not fit').some((line) => line.includes('second shop')),
    );
    expect(road.at(1).settings.incomingWebhook).toBe('no');
  });

  it('are neither read nor changed unasked', async () => {
    await using road = await Road.start(2);
    const app = await road.run('polling', [Texts], firstOnly(road));
    await app.greenNotifications.addInstance(road.given(1));
    await within('it to be deleted', road.publish('hello', road.at(1)).deleted);
    await road.idle();
    const methods = road.at(1).requests.records.map(({ method }) => method);
    expect(methods.filter((method) => /settings/i.test(method))).toEqual([]);
  });
});

describe('an instance that is added while the registration comes from forRootAsync', () => {
  it('is as good as one of the options', async () => {
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
    expect((await road.post(app.url, body)).status).toBe(401);
  });
});
