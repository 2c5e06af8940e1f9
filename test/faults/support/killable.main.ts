import 'reflect-metadata';

import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { pgBossInbox } from '@green-notifications/inbox';
import {
  GreenNotificationsModule,
  type Notification,
  NotificationContext,
  OnNotification,
  Reject,
} from '@green-notifications/nestjs';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { ONLY_HANDLER } from './evidence.js';
import { plainText } from './handling.record.js';
import type { KillableOptions, KillableRun } from './killable.app.js';
import { identityOf } from './mark.js';

/** An application to be killed: what its handler does is in the text, what it did is in a file. */
const options = JSON.parse(process.env['KILLABLE'] ?? '{}') as KillableOptions;

@Injectable()
class Inbox {
  @OnNotification('*')
  async onAny(notification: Notification, { instance, attempt }: NotificationContext) {
    const text = plainText(notification) ?? '';
    const run = {
      identity: identityOf(notification),
      idInstance: instance.idInstance,
      handler: ONLY_HANDLER.name,
      process: process.pid,
      text,
    };
    write({ ...run, succeeded: false });
    if (text.startsWith('take ')) await delay(Number(text.split(' ')[1]));
    if (text.startsWith('block ')) block(Number(text.split(' ')[1]));
    if (text === 'kill') process.kill(process.pid, 'SIGKILL');
    if (text === 'reject') throw new Reject('no');
    if (text.endsWith('fail once') && attempt === 1) throw new Error('no');
    write({ ...run, succeeded: true });
  }
}

/** Holds up the event loop, as work that computes does. */
function block(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

function write(line: KillableRun): void {
  appendFileSync(options.runsFile, `${JSON.stringify(line)}\n`);
}

@Module({
  imports: [
    GreenNotificationsModule.forRoot({
      instances: options.instances.map((instance) => ({ ...instance, apiUrl: options.apiUrl })),
      webhook: { token: options.webhookToken },
      shutdownTimeoutMs: options.shutdownTimeoutMs,
      ...(options.inbox
        ? {
            inbox: pgBossInbox(options.inbox),
            retry: { attempts: 3, backoff: { initialMs: 50, maxMs: 50 } },
          }
        : {
            deadLetters: { file: options.lettersFile },
            retry: { attempts: 3, backoff: { initialMs: 60_000, maxMs: 60_000 } },
          }),
    }),
  ],
  providers: [Inbox],
})
class KillableModule {}

const app = await NestFactory.create(KillableModule, { forceCloseConnections: true });
app.enableShutdownHooks([], { useProcessExit: true });
await app.listen(options.port, '127.0.0.1');
console.log('ready');
