import { Queue, Worker } from 'bullmq';

import { bodyOf, messageOf } from './chat.message.js';
import { type OpenQueue, RETRY_AFTER_MS } from './chat.queue.js';

/** BullMQ as its documentation shows it: a queue, a worker, and some attempts. */
export const openBullmq: OpenQueue = async ({ url, name, concurrency }, handle) => {
  const connection = { ...(url !== undefined && { url }) };
  const queue = new Queue(name, {
    connection,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'fixed', delay: RETRY_AFTER_MS },
      removeOnComplete: true,
    },
  });
  await queue.waitUntilReady();
  let worker: Worker | undefined;
  return {
    async store(message) {
      await queue.add('notification', bodyOf(message));
    },
    async start() {
      worker = new Worker(name, ({ data }) => handle(messageOf(data)), { connection, concurrency });
      await worker.waitUntilReady();
    },
    async stop() {
      await worker?.close();
      await queue.obliterate({ force: true });
    },
  };
};
