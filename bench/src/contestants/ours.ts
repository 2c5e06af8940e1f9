import 'reflect-metadata';

import {
  GreenNotificationsModule,
  type Notification,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import type { Handle, StartReceiving } from './contestant.js';

/** A Nest application with this library, and with a provider that handles everything. */
export const startReceiving: StartReceiving = async (options) => {
  const { instances, handle, receiveTimeoutSeconds, rememberedEntries } = options;

  @Module({
    imports: [
      GreenNotificationsModule.forRoot({
        instances: [...instances],
        polling: { receiveTimeoutSeconds },
        ...(rememberedEntries !== undefined && {
          deduplication: { maxEntries: rememberedEntries },
        }),
      }),
    ],
    providers: [inboxOf(handle)],
  })
  class App {}

  await NestFactory.createApplicationContext(App, { logger: ['error', 'warn'] });
};

function inboxOf(handle: Handle): Type {
  @Injectable()
  class Inbox {
    @OnNotification('*')
    onNotification(notification: Notification): void | Promise<void> {
      return handle(notification);
    }
  }
  return Inbox;
}
