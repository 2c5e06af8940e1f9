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
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

import type { Environment } from '../config/environment.js';
import { InvalidEnvironmentError } from '../config/invalid-environment.error.js';

/** Writes one JSON line for every notification to the file in `AUDIT_LOG`, if it is set. */
@Injectable()
export class AuditListener implements OnModuleInit {
  private readonly file: string | undefined;

  constructor(config: ConfigService<Environment, true>) {
    this.file = config.get('AUDIT_LOG', { infer: true });
  }

  /** Fails at startup, not at the first notification, if the file cannot be written. */
  async onModuleInit(): Promise<void> {
    if (this.file === undefined) return;
    await appendFile(this.file, '').catch((error: Error) => {
      throw new InvalidEnvironmentError([`AUDIT_LOG cannot be written: ${error.message}`]);
    });
  }

  @OnNotification('*')
  async onAny(notification: Notification, { attempt }: NotificationContext): Promise<void> {
    if (this.file === undefined) return;
    const line = {
      typeWebhook: notification.typeWebhook,
      idInstance: idInstanceOf(notification),
      idMessage: idMessageOf(notification) ?? null,
      chatId: chatIdOf(notification) ?? null,
      text: textOf(notification) ?? null,
      attempt,
      handledAt: new Date().toISOString(),
    };
    await appendFile(this.file, `${JSON.stringify(line)}\n`);
  }
}
