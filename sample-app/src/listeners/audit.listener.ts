import { appendFile, open } from 'node:fs/promises';

import {
  chatIdOf,
  idInstanceOf,
  idMessageOf,
  type Notification,
  type NotificationContext,
  OnNotification,
  textOf,
} from '@green-notifications/nestjs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

import type { Environment } from '../config/environment.js';
import { InvalidEnvironmentError } from '../config/invalid-environment.error.js';

/** The file contains chat ids and texts, so only its owner may read and write it. */
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/** Writes one JSON line for every notification to the file in `AUDIT_LOG`, if it is set. */
@Injectable()
export class AuditListener implements OnModuleInit {
  private readonly logger = new Logger(AuditListener.name);
  private readonly file: string | undefined;

  constructor(config: ConfigService<Environment, true>) {
    this.file = config.get('AUDIT_LOG', { infer: true });
  }

  /** Fails at startup, not at the first notification, if the file cannot be written. */
  async onModuleInit(): Promise<void> {
    if (this.file === undefined) return;
    const isPrivate = await createPrivately(this.file).catch((error: Error) => {
      throw new InvalidEnvironmentError([`AUDIT_LOG cannot be written: ${error.message}`]);
    });
    if (isPrivate) return;
    this.logger.warn(
      `Other users of this machine have access to the file of AUDIT_LOG, and it contains chat ids and texts. ` +
        `If they should not, run: chmod 600 ${this.file}`,
    );
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
    await appendFile(this.file, `${JSON.stringify(line)}\n`, { mode: OWNER_ONLY });
  }
}

/**
 * Creates the file if it is missing; false if it is there and others have access to it. That is not
 * changed, because it may be on purpose, and the file may be `/dev/stdout`.
 */
async function createPrivately(path: string): Promise<boolean> {
  const file = await open(path, 'a', OWNER_ONLY);
  try {
    const stats = await file.stat();
    // Windows has no such bits.
    return process.platform === 'win32' || !stats.isFile() || (stats.mode & OTHERS) === 0;
  } finally {
    await file.close();
  }
}
