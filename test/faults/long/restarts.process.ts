import 'reflect-metadata';

import { startEmulator } from '@green-notifications/emulator';
import {
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { type INestApplication, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../../support/canary.js';
import { resources } from './support/resources.js';

const WARM_UP = 300;
const STARTS = Number(process.env['STARTS']);
const APPLICATIONS = Number(process.env['APPLICATIONS']);

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(String(warning)));

const before = await resources();
const emulator = await startEmulator({
  rateLimits: false,
  instances: [1101, 1102].map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
});
let handled = 0;

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny() {
    handled += 1;
  }
}

@Module({
  imports: [
    GreenNotificationsModule.forRoot({
      instances: [
        { idInstance: 1101, apiTokenInstance: CANARY_TOKEN, apiUrl: emulator.url },
        {
          idInstance: 1102,
          apiTokenInstance: CANARY_TOKEN,
          apiUrl: emulator.url,
          transport: 'webhook',
        },
      ],
      webhook: { token: 'secret' },
    }),
  ],
  providers: [Inbox],
})
class AppModule {}

const app = await startApp();
await restart(app, WARM_UP);
await app.get(GreenNotifications).stop();
const warm = await resources();
await app.get(GreenNotifications).start();
await restart(app, STARTS);
await app.get(GreenNotifications).stop();
const afterStarts = await resources();
await app.get(GreenNotifications).start();
await handleOne();
await app.close();

for (let count = 0; count < 20; count += 1) await (await startApp()).close();
const warmApplications = await resources();
for (let count = 0; count < APPLICATIONS; count += 1) await (await startApp()).close();
const afterApplications = await resources();
await emulator.close();
const after = await resources();

console.log(
  JSON.stringify({
    before,
    warm,
    afterStarts,
    warmApplications,
    afterApplications,
    after,
    handled,
    warnings,
  }),
);

async function startApp(): Promise<INestApplication> {
  const started = await NestFactory.create(AppModule, { logger: false });
  await started.listen(0, '127.0.0.1');
  return started;
}

/** Stops while an idle poll is under way, and starts again. */
async function restart(started: INestApplication, times: number): Promise<void> {
  const greenNotifications = started.get(GreenNotifications);
  const instance = emulator.instance(1101);
  for (let count = 0; count < times; count += 1) {
    if (count % 10 === 0) await instance.waitForParkedPolls();
    await greenNotifications.stop();
    await greenNotifications.start();
  }
}

async function handleOne(): Promise<void> {
  const instance = emulator.instance(1101);
  await instance.publish(instance.build.incomingText('still there')).deleted;
}
