import 'reflect-metadata';

import { type Emulator, startEmulator } from '@green-notifications/emulator';
import { deliveryKey } from '@green-notifications/nestjs/spi';
import { incomingText, NotificationTestBed } from '@green-notifications/nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from '../src/app.module.js';
import { Answers, Bot } from '../src/bot.js';
import { platform } from '../src/platform.js';

const CHAT = '79001234567@c.us';

describe('the bot', () => {
  let emulator: Emulator;
  let app: INestApplication | undefined;

  beforeEach(async () => {
    emulator = await startEmulator({
      instances: [{ idInstance: 1101000001, apiTokenInstance: 'token-of-the-console' }],
    });
    process.env['GREEN_API_URL'] = emulator.url;
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    await emulator.close();
  });

  async function start(transport: 'polling' | 'webhook'): Promise<INestApplication> {
    process.env['GREEN_API_TRANSPORT'] = transport;
    app = await NestFactory.create<INestApplication>(AppModule, platform(), {
      logger: false,
      abortOnError: false,
      forceCloseConnections: true,
    });
    await app.listen(0, '127.0.0.1');
    return app;
  }

  /** What the bot sends when someone writes to it. */
  async function answersToHi() {
    const instance = emulator.instance(1101000001);
    const entry = instance.publish(instance.build.incomingText('hi', { chatId: CHAT }));
    await entry.deleted;
    await instance.until(() => instance.sentMessages.length > 0);
    return instance.sentMessages.map(({ chatId, message }) => ({ chatId, message }));
  }

  it('answers what it polls', async () => {
    await start('polling');
    expect(await answersToHi()).toEqual([{ chatId: CHAT, message: 'You said: hi' }]);
  });

  it('answers what is posted to its webhook', async () => {
    const { port } = (
      (await start('webhook')).getHttpServer() as import('node:http').Server
    ).address() as import('node:net').AddressInfo;
    emulator.instance(1101000001).applySettings({
      webhookUrl: `http://127.0.0.1:${port}/green-api/webhook`,
      webhookUrlToken: 'token-of-the-webhook',
    });
    expect(await answersToHi()).toEqual([{ chatId: CHAT, message: 'You said: hi' }]);
  });

  it('answers in a test bed, without a network', async () => {
    const bed = await NotificationTestBed.create({ providers: [Answers, Bot] });
    const text = incomingText('hi', { chatId: CHAT });
    const { result } = await bed.deliver(text);
    expect(result).toBe('acknowledged');
    expect(bed.sent[0]?.message).toBe('You said: hi');
    expect(deliveryKey).toBeInstanceOf(Function);
    await bed.close();
  });
});
