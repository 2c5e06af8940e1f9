import 'reflect-metadata';

import { setTimeout as delay } from 'node:timers/promises';

import { GreenNotificationsModule, OnNotification, Text } from '@green-notifications/nestjs';
import { InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../../support/canary.js';
import { resources } from './support/resources.js';

const { API_URL = '' } = process.env;
const ids = JSON.parse(process.env['IDS'] ?? '[]') as number[];
const toHandle = Number(process.env['TO_HANDLE']);
const REPORTS = 10;

const letters = new InMemoryDeadLetterStore();
let handled = 0;

@Injectable()
class Inbox {
  @OnNotification('*')
  async onAny(@Text() text: string) {
    if (text === 'poison') throw new Error('poison');
    if (text.startsWith('slow')) await delay(20);
    handled += 1;
    if (handled % Math.floor(toHandle / REPORTS) === 0) void report();
    if (handled === toHandle) setTimeout(() => void app.close(), 1000);
  }
}

@Module({})
class AppModule {}

async function report(): Promise<void> {
  const at = handled;
  const { heapMb } = await resources();
  console.log(JSON.stringify({ handled: at, heapMb, letters: (await letters.list()).length }));
}

const app = await NestFactory.create(
  {
    module: AppModule,
    providers: [Inbox],
    imports: [
      GreenNotificationsModule.forRoot({
        instances: ids.map((idInstance) => ({
          idInstance,
          apiTokenInstance: CANARY_TOKEN,
          apiUrl: API_URL,
        })),
        retry: { attempts: 2, backoff: { initialMs: 1, maxMs: 10 } },
        deadLetters: { store: letters },
        deduplication: { maxEntries: 5000 },
      }),
    ],
  },
  { logger: false },
);
await app.init();
