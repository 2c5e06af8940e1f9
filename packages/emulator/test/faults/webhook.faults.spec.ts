import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  extraHeaders,
  hangUp,
  sentAgainLater,
  sentTwice,
  slowBody,
  slowHeaders,
  type Emulator,
  type ManualClock,
} from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance } from '../support/one.instance.js';
import { WebhookReceiver } from '../support/webhook.receiver.js';

describe('faults of the webhook sender', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    const webhookUrl = await receiver.listen();
    const settings = { webhookUrl, webhookUrlToken: 'hush' };
    ({ clock, emulator, client } = await startOneInstance({}, { settings }));
  });
  afterEach(async () => {
    await emulator.close();
    await receiver.close();
  });

  it('hangs up early and sends the notification again after the pause', async () => {
    receiver.answer = undefined;
    const fault = emulator.faults.nextPush({}, hangUp(5_000));
    const entry = client.publishText();
    await receiver.received(1);
    await clock.advance(5_000);
    await client.instance.until(() => entry.handOuts[0]?.failure === 'hung-up');
    receiver.answer = ({ response }) => void response.end();
    await clock.advance(60_000);
    await entry.deleted;
    expect(receiver.pushes).toHaveLength(2);
    expect(fault.fired).toBe(1);
  });

  it('sends the notification twice at the same time', async () => {
    receiver.answer = undefined;
    emulator.faults.nextPush({ idInstance: 1101000001 }, sentTwice());
    const entry = client.publishText();
    const pushes = await receiver.received(2);
    expect(pushes[0]?.body).toBe(pushes[1]?.body);
    for (const { response } of pushes) response.end();
    await entry.deleted;
    expect(entry.handOuts).toHaveLength(2);
  });

  it('sends the notification again 23 hours after it was accepted', async () => {
    emulator.faults.nextPush({}, sentAgainLater(23 * 3_600_000));
    const entry = client.publishText();
    await entry.deleted;
    await clock.advance(23 * 3_600_000);
    await receiver.received(2);
    expect(receiver.pushes[1]?.body).toBe(entry.raw);
  });

  it('sends forged, repeated and oversized headers', async () => {
    emulator.faults.nextPush(
      {},
      extraHeaders({
        authorization: ['Bearer wrong', 'Bearer hush'],
        'x-forwarded-for': '51.250.84.44',
      }),
    );
    await client.publishText().deleted;
    const [push] = receiver.pushes;
    expect(push?.headers['x-forwarded-for']).toBe('51.250.84.44');
    const sent = push?.rawHeaders.filter((name) => name.toLowerCase() === 'authorization');
    expect(sent).toHaveLength(2);
  });

  it('sends the body slowly', async () => {
    emulator.faults.nextPush({}, slowBody({ bytes: 100, intervalMs: 1_000 }));
    const entry = client.publishText();
    await receiver.connected(1);
    expect(receiver.pushes).toEqual([]);
    await clock.advance(60_000);
    await entry.deleted;
    expect(receiver.pushes[0]?.body).toBe(entry.raw);
  });

  it('sends the headers slowly', async () => {
    emulator.faults.nextPush({}, slowHeaders(1_000));
    const entry = client.publishText();
    await receiver.connected(1);
    await clock.advance(300_000);
    await entry.deleted;
    expect(receiver.pushes[0]?.headers.authorization).toBe('Bearer hush');
    expect(entry.handOuts[0]?.status).toBe(200);
  });
});
