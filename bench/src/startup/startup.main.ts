import 'reflect-metadata';

import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { answerParent } from '../processes/answer-parent.js';

/** A Nest application, with this library or without it. It measures from the start of the process. */
async function appOf(kind: string | undefined) {
  if (kind === 'plain') {
    @Module({})
    class PlainApp {}
    return PlainApp;
  }
  const { GreenNotificationsModule, OnNotification } = await import('@green-notifications/nestjs');
  class Inbox {
    @OnNotification('*')
    onNotification(): void {}
  }
  @Module({
    imports: [
      GreenNotificationsModule.forRoot({
        // Nobody listens there: the first poll fails after the start.
        instances: [
          { idInstance: 1101000001, apiTokenInstance: 'unused', apiUrl: 'http://127.0.0.1:9' },
        ],
      }),
    ],
    providers: [Inbox],
  })
  class App {}
  return App;
}

const app = await appOf(process.argv[2]);
await NestFactory.createApplicationContext(app, { logger: false });
const { user, system } = process.cpuUsage();
const started = { wallMs: performance.now(), cpuMs: (user + system) / 1000 };

const commands = { started: () => started };

export type StartupCommands = typeof commands;

answerParent(commands);
