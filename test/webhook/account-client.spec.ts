import {
  answerWith,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '@green-notifications/emulator';
import {
  type GreenApiClient,
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../support/canary.js';
import { MOSTLY } from '../support/mostly.js';
import { HostModule } from './host.module.js';

const ID = 1101000001;

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny() {}
}

describe('the methods about an instance', () => {
  let emulator: Emulator;
  let app: INestApplicationContext;

  /** The client of an application that does not receive. */
  async function start(options: EmulatorOptions = {}): Promise<GreenApiClient> {
    emulator = await startEmulator({
      instances: [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN }],
      ...options,
    });
    app = await NestFactory.createApplicationContext(
      {
        module: HostModule,
        imports: [
          GreenNotificationsModule.forRoot({
            instances: [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN, apiUrl: emulator.url }],
          }),
        ],
        providers: [Inbox],
      },
      { logger: false, abortOnError: false },
    );
    await app.get(GreenNotifications).stop();
    return app.get(GreenNotifications).instances[0]!.client;
  }

  afterEach(async () => {
    await app.close();
    await emulator.close();
  });

  it('read settings and change those that are given', async () => {
    const client = await start();
    await client.setSettings({ incomingWebhook: 'yes' });
    const { incomingWebhook, outgoingWebhook, wid } = await client.getSettings();
    expect({ incomingWebhook, outgoingWebhook }).toEqual({
      incomingWebhook: 'yes',
      outgoingWebhook: 'no',
    });
    expect(wid).toBe(emulator.instance(ID).wid);
  });

  it('read the state', async () => {
    const client = await start();
    emulator.instance(ID).setState('notAuthorized');
    expect(await client.getStateInstance()).toBe('notAuthorized');
  });

  it.each(['count', 'сount'] as const)(
    'count the queue, whether the key is %s',
    async (countKey) => {
      const client = await start({ countKey });
      const instance = emulator.instance(ID);
      instance.publish(instance.build.incomingText('one'));
      expect(await client.getWebhooksCount()).toBe(1);
    },
  );

  it('clear the queue', async () => {
    const client = await start();
    const instance = emulator.instance(ID);
    instance.publish(instance.build.incomingText('one'));
    expect(await client.clearWebhooksQueue()).toEqual({ cleared: true });
    expect(instance.queueLength).toBe(0);
  });

  it('wait out what is left of the minute, and clear then', async () => {
    const client = await start();
    const tooSoon = { isCleared: false, reason: 'Too many requests', leftTime: 0.2 };
    emulator.faults.next(
      { method: 'clearWebhooksQueue' },
      answerWith({ status: 200, body: JSON.stringify(tooSoon) }),
    );
    expect(await client.clearWebhooksQueue()).toEqual({ cleared: true });
  });

  it('say why the queue could not be cleared', async () => {
    const client = await start({ clearWithWebhookUrl: 'fails' });
    emulator.instance(ID).applySettings({ webhookUrl: 'http://127.0.0.1:9/' });
    expect(await client.clearWebhooksQueue()).toEqual({
      cleared: false,
      reason: 'Internal error',
    });
  });

  it('keep to one call a second, each by itself', async () => {
    const client = await start();
    await Promise.all([client.getSettings(), client.getStateInstance(), client.getSettings()]);
    const statuses = emulator.instance(ID).requests.records.map(({ status }) => status);
    expect(statuses).not.toContain(429);
    const [first, second] = emulator.instance(ID).requests.of({ method: 'getSettings' });
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(MOSTLY * 1000);
  });

  it('give up waiting for their turn when the caller does', async () => {
    const client = await start();
    await client.getSettings();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(client.getSettings({ signal })).rejects.toThrow('enough');
  });
});
