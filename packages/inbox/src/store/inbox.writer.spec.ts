import type { Delivery, Instance, Notification } from '@green-notifications/nestjs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsoleLogger, Logger } from '@nestjs/common';

import { InMemoryJobStore } from '../jobs/in-memory.job-store.js';
import { InboxWriter } from './inbox.writer.js';

const errors: string[] = [];

class Recorder extends ConsoleLogger {
  override error(message: unknown): void {
    errors.push(String(message));
  }
}

beforeEach(() => {
  errors.length = 0;
  Logger.overrideLogger(new Recorder());
});
afterEach(() => Logger.overrideLogger(false));

function deliveryOf(idMessage: string, content: unknown): Delivery {
  return {
    key: `message ${idMessage}`,
    notification: { typeWebhook: 'incomingMessageReceived', idMessage, content } as never,
    instance: { idInstance: '1101000001' } as Instance,
    transport: 'polling',
    receivedAt: new Date(0),
    redeliveryMs: 0,
  };
}

/** Deeper than JSON.stringify can go. */
function nested(): unknown {
  const depth = 100_000;
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth));
}

describe('the writer of the inbox', () => {
  it.each<[string, unknown]>([
    ['is nested too deeply', nested()],
    ['contains a BigInt', 1n],
  ])('does not take what %s, says so once, and stores the others', async (_what, content) => {
    const store = new InMemoryJobStore();
    const writer = new InboxWriter(store, () => undefined);
    const results = await Promise.all([
      writer.write(deliveryOf('1', 'one')),
      writer.write(deliveryOf('2', content)),
      writer.write(deliveryOf('3', 'three')),
      writer.write(deliveryOf('2', content)),
    ]);
    expect(results).toEqual(['stored', { retryAfterMs: 5000 }, 'stored', { retryAfterMs: 5000 }]);
    expect(errors).toEqual([expect.stringContaining('cannot be written as JSON')]);
    const claimed = await store.claim(10);
    const ids = claimed.map(({ stored }) => stored.notification as Notification & object);
    expect(ids).toMatchObject([{ idMessage: '1' }]);
  });
});
