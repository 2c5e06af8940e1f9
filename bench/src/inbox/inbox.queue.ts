import 'reflect-metadata';

import { pgBossInbox, type PgBossInboxOptions } from '@green-notifications/inbox';
import type { Delivery, Instance, Notification } from '@green-notifications/nestjs';
import { deliveryKey, type InboxHost } from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';

import { bodyOf, messageOf } from './chat.message.js';
import { type HandleMessage, type OpenQueue, RETRY_AFTER_MS } from './chat.queue.js';

/** More than the bench ever stores before it hands anything out. */
const WAITING_LIMIT = 1_000_000;

Logger.overrideLogger(['error', 'warn']);

/**
 * The inbox of this library, driven through its port: in the place of the module stands a host that
 * calls the handler, so that neither the gateway nor the dispatcher is measured.
 */
export const openInbox: OpenQueue = async ({ url, name, concurrency }, handle) => {
  const place: PgBossInboxOptions =
    url === undefined ? { directory: './inbox' } : { connectionString: url };
  const inbox = pgBossInbox({ ...place, schema: name, concurrency, waitingLimit: WAITING_LIMIT });
  await inbox.open(hostOf(handle));
  return {
    async store(message) {
      const result = await inbox.store(deliveryOf(bodyOf(message) as unknown as Notification));
      if (result !== 'stored') throw new Error(`not stored: ${JSON.stringify(result)}`);
    },
    start: () => inbox.start(),
    async stop() {
      inbox.pause();
      await inbox.stop();
    },
  };
};

const INSTANCE = {
  name: '1101000001',
  idInstance: '1101000001',
  transport: 'polling',
  client: { redact: (text: string) => text },
} as Instance;

function hostOf(handle: HandleMessage): InboxHost {
  return {
    find: () => INSTANCE,
    async deliver({ notification }) {
      try {
        await handle(messageOf(notification));
        return { result: 'acknowledged', reason: 'handled', runs: [] };
      } catch {
        return { result: 'retry', retryAfterMs: RETRY_AFTER_MS, runs: [] };
      }
    },
  };
}

function deliveryOf(notification: Notification): Delivery {
  return {
    key: deliveryKey(notification, INSTANCE.idInstance),
    notification,
    instance: INSTANCE,
    transport: 'polling',
    receivedAt: new Date(),
    redeliveryMs: 0,
  };
}
