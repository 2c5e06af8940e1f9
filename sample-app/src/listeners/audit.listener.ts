import { appendFile } from 'node:fs/promises';

import {
  chatIdOf,
  idInstanceOf,
  idMessageOf,
  type Notification,
  type NotificationContext,
  OnNotification,
  textOf,
} from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

import type { Environment } from '../config/environment.js';

/** Writes down every notification that was handled, one JSON line each, if `AUDIT_LOG` names a file. */
@Injectable()
export class AuditListener {
  constructor(private readonly config: ConfigService<Environment, true>) {}

  @OnNotification('*')
  async onAny(notification: Notification, { attempt }: NotificationContext): Promise<void> {
    const file = this.config.get('AUDIT_LOG', { infer: true });
    if (file === undefined) return;
    const line = {
      typeWebhook: notification.typeWebhook,
      idInstance: idInstanceOf(notification),
      idMessage: idMessageOf(notification) ?? null,
      chatId: chatIdOf(notification) ?? null,
      text: textOf(notification) ?? null,
      attempt,
      handledAt: new Date().toISOString(),
    };
    await appendFile(file, `${JSON.stringify(line)}\n`);
  }
}
