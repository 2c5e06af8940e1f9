import { OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { firstOnly, OWN } from '../support/added-instances.js';
import { eventually, within } from '../support/eventually.js';
import { Road, WEBHOOK_TOKEN } from '../support/road.js';

const PUBLIC_URL = 'https://bots.example.com/green-api/webhook';

@Injectable()
class Texts {
  @OnNotification('incomingMessageReceived')
  onText(): void {}
}

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

  it('are made to fit its own transport', async () => {
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

  it('are left alone after its removal', async () => {
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
  it('are read, and what does not fit is logged', async () => {
    await using road = await Road.start(2);
    const app = await road.run('polling', [Texts], { ...firstOnly(road), settings: 'check' });
    await app.greenNotifications.addInstance(road.given(1, { name: 'second shop' }));
    await eventually('what does not fit', () =>
      road.logs.having('WARN', 'do not match').some((line) => line.includes('second shop')),
    );
    expect(road.at(1).settings.incomingWebhook).toBe('no');
  });

  it('are neither read nor changed without the option', async () => {
    await using road = await Road.start(2);
    const app = await road.run('polling', [Texts], firstOnly(road));
    await app.greenNotifications.addInstance(road.given(1));
    await within('it to be deleted', road.publish('hello', road.at(1)).deleted);
    await road.idle();
    const methods = road.at(1).requests.records.map(({ method }) => method);
    expect(methods.filter((method) => /settings/i.test(method))).toEqual([]);
  });
});
