import type { Delivery, InboxHost, Instance, Outcome } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { settingsOf } from '../src/inbox.options.js';
import { JobStoreInbox } from '../src/job-store.inbox.js';
import { InMemoryJobStore } from '../src/jobs/in-memory.job-store.js';
import { jobOf } from './support/jobs.js';

Logger.overrideLogger(false);

const CHATS = ['a', 'b', 'c', 'd', 'e'];

/** How many were handled at the same time, and what was known of each. */
async function handleAfterLosses(losses: number) {
  const store = new InMemoryJobStore();
  await store.insert(CHATS.map((chat) => jobOf(chat, chat)));
  for (let loss = 0; loss < losses; loss += 1) {
    await store.claim(CHATS.length);
    while ((await store.takeOver(0)) < CHATS.length) await new Promise(setImmediate);
  }
  const inbox = new JobStoreInbox(store, settingsOf({}));
  let running = 0;
  let most = 0;
  const lost: unknown[] = [];
  const done = new Promise<void>((resolve) => {
    const host: InboxHost = {
      find: () => ({ client: { redact: (text: string) => text } }) as Instance,
      async deliver({ job }: Delivery): Promise<Outcome> {
        running += 1;
        most = Math.max(most, running);
        lost.push(job!.lostAttempts);
        await new Promise((end) => setTimeout(end, 20));
        running -= 1;
        if (lost.length === CHATS.length && running === 0) resolve();
        return { result: 'acknowledged', reason: 'handled', runs: [] };
      },
    };
    void inbox.open(host).then(() => inbox.start());
  });
  await done;
  inbox.pause();
  await inbox.stop();
  return { most, lost };
}

describe('notifications whose process ended', () => {
  it('are handled again at the same time after the first loss', async () => {
    expect(await handleAfterLosses(1)).toEqual({ most: 5, lost: [1, 1, 1, 1, 1] });
  });

  it('are handled one by one after the second, because one of them may be the reason', async () => {
    expect(await handleAfterLosses(2)).toEqual({ most: 1, lost: [2, 2, 2, 2, 2] });
  });
});
