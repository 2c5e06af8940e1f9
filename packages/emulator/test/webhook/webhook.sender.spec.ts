import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Emulator, InstanceSettings, ManualClock } from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance, type OneInstanceOptions } from '../support/one.instance.js';
import { WebhookReceiver } from '../support/webhook.receiver.js';

describe('the webhook sender', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;
  let receiver: WebhookReceiver;
  let webhookUrl: string;

  async function start(
    settings: Partial<InstanceSettings> = {},
    options: OneInstanceOptions = {},
  ): Promise<void> {
    await emulator?.close();
    ({ clock, emulator, client } = await startOneInstance(options, {
      settings: { webhookUrl, ...settings },
    }));
  }

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    webhookUrl = await receiver.listen();
    await start();
  });
  afterEach(async () => {
    await emulator.close();
    await receiver.close();
  });

  it('posts the notification unchanged to the exact URL, and takes 200 as success', async () => {
    const entry = client.publishText();
    await entry.deleted;
    const [push] = receiver.pushes;
    expect(push?.path).toBe('/hook?a=1');
    expect(push?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(push?.headers.authorization).toBeUndefined();
    expect(JSON.parse(push?.body ?? '')).toEqual(entry.notification);
    expect(entry.handOuts).toEqual([{ transport: 'webhook', atMs: clock.now(), status: 200 }]);
  });

  it.each([
    ['hush', 'Bearer hush'],
    ['Basic dXNlcjpwYXNz', 'Basic dXNlcjpwYXNz'],
    ['Bearer hush', 'Bearer hush'],
  ])('sends the token %p as %p', async (webhookUrlToken, header) => {
    await start({ webhookUrlToken });
    await client.publishText().deleted;
    expect(receiver.pushes[0]?.headers.authorization).toBe(header);
  });

  it.each([201, 204, 302, 401, 500])(
    'sends the same notification again 60 s after a %d',
    async (status) => {
      receiver.answer = ({ response }) => {
        response.writeHead(status, { location: webhookUrl }).end();
      };
      const head = client.publishText('head');
      const behind = client.publishText('behind');
      await client.instance.until(() => head.handOuts[0]?.status === status);
      await clock.advance(59_999);
      expect(receiver.pushes).toHaveLength(1);

      receiver.answer = ({ response }) => void response.end();
      await clock.advance(1);
      await head.deleted;
      expect(receiver.pushes.map(({ body }) => body)).toEqual([head.raw, head.raw]);
      await clock.advance(20);
      await behind.deleted;
      expect(head.handOuts.map((handOut) => handOut.status)).toEqual([status, 200]);
    },
  );

  it('can take any 2xx as success', async () => {
    await start({}, { webhook: { success: '2xx' } });
    receiver.answer = ({ response }) => void response.writeHead(201).end();
    const entry = client.publishText();
    expect(await entry.settled).toBe('deleted');
  });

  it('stops waiting for an answer after 180 s and sends again a minute later', async () => {
    receiver.answer = undefined;
    const entry = client.publishText();
    await receiver.received(1);
    await clock.advance(180_000);
    await client.instance.until(() => entry.handOuts[0]?.failure === 'timeout');
    receiver.answer = ({ response }) => void response.end();
    await clock.advance(60_000);
    await entry.deleted;
    expect(receiver.pushes).toHaveLength(2);
  });

  it('waits 20 ms between two notifications', async () => {
    const first = client.publishText();
    const second = client.publishText();
    await first.deleted;
    await clock.advance(19);
    expect(second.handOuts).toEqual([]);
    await clock.advance(1);
    await second.deleted;
  });

  it('drops a notification after 24 hours of failures', async () => {
    await start({ webhookUrl: 'http://127.0.0.1:9/' }, { webhook: { retryPauseMs: 86_400_000 } });
    const entry = client.publishText();
    await client.instance.until(() => entry.handOuts[0]?.failure === 'connection');
    await clock.advance(86_400_000);
    expect(await entry.settled).toBe('expired');
  });

  it('keeps the queue when polling and webhook are switched', async () => {
    await start({ webhookUrl: '' });
    const first = client.publishText('first');
    const second = client.publishText('second');
    await client.receive();
    expect(await (await client.post('setSettings', { webhookUrl })).json()).toEqual({
      saveSettings: true,
    });
    await first.deleted;
    expect((await client.get('receiveNotification')).status).toBe(400);
    expect(second.state).toBe('queued');

    client.instance.applySettings({ webhookUrl: '' });
    expect((await client.receive()).body).toEqual(second.notification);
    expect(receiver.pushes).toHaveLength(1);
  });

  it('ends a waiting poll when a webhook URL is set', async () => {
    await start({ webhookUrl: '' });
    const poll = client.get('receiveNotification');
    await client.instance.waitForParkedPolls();
    client.instance.applySettings({ webhookUrl });
    expect(await (await poll).text()).toBe('null');
  });

  it('closes at once while it waits for an answer', async () => {
    receiver.answer = undefined;
    const entry = client.publishText();
    await receiver.received(1);
    await emulator.close();
    expect(entry.handOuts[0]?.failure).toBe('closed');
    expect(clock.pendingTimers).toBe(0);
  });
});
