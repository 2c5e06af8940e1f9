import {
  GreenNotificationsModule,
  type Notification,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, Module, type Type } from '@nestjs/common';

import { type OnWebhook, WEBHOOK_PATH, WEBHOOK_TOKEN } from './webhook.server.js';

/** An application that receives the webhooks of its instances with this library. */
export function oursModule(onWebhook: OnWebhook, instances: readonly number[]): Type {
  @Injectable()
  class Inbox {
    @OnNotification('*')
    onNotification(_notification: Notification): void {
      onWebhook();
    }
  }

  @Module({
    imports: [
      GreenNotificationsModule.forRoot({
        transport: 'webhook',
        webhook: { path: WEBHOOK_PATH.slice(1), token: WEBHOOK_TOKEN },
        instances: instances.map((idInstance) => ({ idInstance, apiTokenInstance: 'unused' })),
      }),
    ],
    providers: [Inbox],
  })
  class App {}

  return App;
}
