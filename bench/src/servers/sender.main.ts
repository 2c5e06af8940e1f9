import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'undici';

import { writeNotification } from '../gateway/notification.writer.js';
import { answerParent } from '../processes/answer-parent.js';
import { WEBHOOK_PATH, WEBHOOK_TOKEN } from './webhook.server.js';

interface Sending {
  readonly port: number;
  /** Each has a connection of its own, and posts one notification after the other, as GREEN-API does. */
  readonly instances: readonly number[];
  readonly forMs: number;
  /** The time between two posts of one instance; 0 posts the next one as soon as the last is answered. */
  readonly intervalMs: number;
}

const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  authorization: `Bearer ${WEBHOOK_TOKEN}`,
};

let sequence = 0;

/** Posts of one instance at its pace, from a moment of its own. */
async function postUntil(untilMs: number, intervalMs: number, postNext: () => Promise<void>) {
  let nextAtMs = performance.now() + Math.random() * intervalMs;
  while (performance.now() < untilMs) {
    if (intervalMs > 0) await delay(Math.max(0, nextAtMs - performance.now()));
    nextAtMs += intervalMs;
    await postNext();
  }
}

async function post(client: Client, idInstance: number): Promise<boolean> {
  sequence += 1;
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: WEBHOOK_PATH,
    headers: HEADERS,
    body: writeNotification(idInstance, sequence, 'mix'),
  });
  await body.dump();
  return statusCode === 200;
}

const commands = {
  async send({
    port,
    instances,
    forMs,
    intervalMs,
  }: Sending): Promise<{ posts: number; refused: number }> {
    const untilMs = performance.now() + forMs;
    let posts = 0;
    let refused = 0;
    await Promise.all(
      instances.map(async (idInstance) => {
        const client = new Client(`http://127.0.0.1:${port}`);
        await postUntil(untilMs, intervalMs, async () => {
          if (!(await post(client, idInstance))) refused += 1;
          posts += 1;
        });
        await client.close();
      }),
    );
    return { posts, refused };
  },
};

export type SenderCommands = typeof commands;

answerParent(commands);
