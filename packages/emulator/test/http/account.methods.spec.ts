import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator, type ManualClock } from '../../src/index.js';
import type { InstanceClient } from '../support/instance.client.js';
import { startOneInstance, type OneInstanceOptions } from '../support/one.instance.js';

describe('settings, state and the queue methods', () => {
  let clock: ManualClock;
  let emulator: Emulator;
  let client: InstanceClient;

  async function start(options: OneInstanceOptions = {}): Promise<void> {
    await emulator?.close();
    ({ clock, emulator, client } = await startOneInstance({ rateLimits: false, ...options }));
  }
  const json = async (method: string): Promise<unknown> => (await client.get(method)).json();

  beforeEach(() => start());
  afterEach(() => emulator.close());

  it('starts with every switch off', async () => {
    expect(await json('getSettings')).toMatchObject({
      wid: '79001000001@c.us',
      typeInstance: 'whatsapp',
      webhookUrl: '',
      incomingWebhook: 'no',
      outgoingAPIMessageWebhook: 'no',
    });
  });

  it('changes a subset of the settings', async () => {
    await client.post('setSettings', { incomingWebhook: 'yes', somethingNew: 1 });
    expect(client.instance.settings).toMatchObject({ incomingWebhook: 'yes', stateWebhook: 'no' });
    expect(client.instance.settings).not.toHaveProperty('somethingNew');
  });

  it.each([
    [{}, 'bad request data'],
    [[], 'bad request data'],
    [{ incomingWebhook: true }, "Validation failed. Details: 'incomingWebhook' must be a string"],
    [
      { incomingWebhook: 'on' },
      "Validation failed. Details: 'incomingWebhook' must be one of [yes, no]",
    ],
  ])('refuses settings %j', async (settings, message) => {
    const answer = await client.post('setSettings', settings);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message });
  });

  it('applies settings after the delay, and is `starting` until then', async () => {
    await start({ settingsDelayMs: 60_000, queueWhileStarting: 'refuse' });
    client.instance.applySettings({ stateWebhook: 'yes' });
    await client.post('setSettings', { incomingWebhook: 'yes' });
    await client.post('setSettings', { outgoingWebhook: 'yes' });
    expect(await json('getStateInstance')).toEqual({ stateInstance: 'starting' });
    expect(await json('getStatusInstance')).toEqual({ statusInstance: 'offline' });
    expect(await json('receiveNotification')).toMatchObject({
      message: 'instance in starting process try later',
    });
    expect(client.instance.settings.incomingWebhook).toBe('no');

    await clock.advance(60_000);
    expect(client.instance.settings).toMatchObject({
      incomingWebhook: 'yes',
      outgoingWebhook: 'yes',
    });
    expect(await json('getStateInstance')).toEqual({ stateInstance: 'authorized' });
    const states = client.instance.ledger.entries.map(({ notification }) => notification);
    expect(states).toMatchObject([{ stateInstance: 'starting' }, { stateInstance: 'authorized' }]);
  });

  it('refuses a settings delay longer than GREEN-API’s', async () => {
    await expect(startEmulator({ settingsDelayMs: 300_001 })).rejects.toThrow('settingsDelayMs');
  });

  it('counts the queue at most once in ten seconds', async () => {
    client.publishText();
    expect(await json('getWebhooksCount')).toEqual({ count: 1 });
    client.publishText();
    expect(await json('getWebhooksCount')).toEqual({ count: 1 });
    await clock.advance(10_000);
    expect(await json('getWebhooksCount')).toEqual({ count: 2 });
  });

  it('can answer the count with the Cyrillic key', async () => {
    await start({ countKey: 'сount', countRefreshMs: 0 });
    expect(Object.keys((await json('getWebhooksCount')) as object)).toEqual(['\u0441ount']);
  });

  it.each(['DELETE', 'GET'])('clears the queue with %s, once a minute', async (method) => {
    const entry = client.publishText();
    const clear = async (): Promise<unknown> =>
      (await client.get('clearWebhooksQueue', '', { method })).json();
    expect(await clear()).toEqual({ isCleared: true, reason: '' });
    expect(await entry.settled).toBe('cleared');
    await clock.advance(14_000);
    expect(await clear()).toEqual({
      isCleared: false,
      reason: 'Too many requests',
      leftTime: 46,
    });
    await clock.advance(46_000);
    expect(await clear()).toEqual({ isCleared: true, reason: '' });
  });

  it('can fail to clear the queue while a webhook url is set', async () => {
    await start({ clearWithWebhookUrl: 'fails' });
    client.instance.applySettings({ webhookUrl: 'http://127.0.0.1:9/' });
    expect(await json('clearWebhooksQueue')).toMatchObject({ isCleared: false });
  });
});
