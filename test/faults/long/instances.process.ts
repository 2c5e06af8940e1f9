import 'reflect-metadata';

import { setTimeout as delay } from 'node:timers/promises';

import { startEmulator } from '@green-notifications/emulator';
import {
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../../support/canary.js';
import { type Resources, resources } from './support/resources.js';

const INSTANCES = Number(process.env['INSTANCES']);
const ids = Array.from({ length: INSTANCES }, (_, index) => 7_000_000 + index);

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(String(warning)));

const before = await resources();
// Idle connections stay for as long as GREEN-API offers, here for a moment.
const emulator = await startEmulator({ keepAliveTimeoutMs: 3000 });
let handled = 0;

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny() {
    handled += 1;
  }
}

const instanceOf = (idInstance: number) => ({
  idInstance,
  apiTokenInstance: CANARY_TOKEN,
  apiUrl: emulator.url,
});

@Module({})
class AppModule {}

const startApp = (instances: readonly number[]) =>
  NestFactory.create(
    {
      module: AppModule,
      providers: [Inbox],
      imports: [GreenNotificationsModule.forRoot({ instances: instances.map(instanceOf) })],
    },
    { logger: false },
  ).then((app) => app.init());

// All there from the start: they must not all begin at the same moment.
const whole = await startApp(ids);
await Promise.all(ids.map((id) => emulator.instance(id).waitForParkedPolls()));
const firsts = ids.map((id) => emulator.instance(id).requests.records[0]!.atMs);
const startSpreadMs = Math.max(...firsts) - Math.min(...firsts);
await whole.close();

// Added, changed and removed while the others go on.
const app = await startApp([1]);
const greenNotifications = app.get(GreenNotifications);
const alone = await resources();
await cycle();
const warm = await resources();
await cycle();
await cycle();
const removed = await settled(alone);
await emulator.instance(1).publish(emulator.instance(1).build.incomingText('hi')).deleted;
await app.close();
await emulator.close();
const after = await resources();

console.log(
  JSON.stringify({ before, alone, warm, removed, after, handled, startSpreadMs, warnings }),
);

/** Connections that are kept alive end a few seconds after their last request. */
async function settled(expected: Resources): Promise<Resources> {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    const current = await resources();
    const isSame = JSON.stringify(current.active) === JSON.stringify(expected.active);
    if (isSame || performance.now() > giveUpAt) return current;
    await delay(500);
  }
}

async function cycle(): Promise<void> {
  await Promise.all(ids.map((id) => greenNotifications.addInstance(instanceOf(id))));
  await handleOneEach();
  await Promise.all(
    ids.map(async (id) => {
      await greenNotifications.removeInstance(String(id));
      await greenNotifications.addInstance({ ...instanceOf(id), name: `changed ${id}` });
    }),
  );
  await handleOneEach();
  await Promise.all(ids.map((id) => greenNotifications.removeInstance(`changed ${id}`)));
  await Promise.all(
    ids.map((id) => emulator.instance(id).until(() => emulator.instance(id).parkedPolls === 0)),
  );
}

async function handleOneEach(): Promise<void> {
  await Promise.all(
    ids.map((id) => {
      const instance = emulator.instance(id);
      return instance.publish(instance.build.incomingText('hello')).deleted;
    }),
  );
}
