import { setTimeout as delay } from 'node:timers/promises';

import { answerParent } from '../processes/answer-parent.js';
import { sharedNowMs } from '../processes/shared-clock.js';
import type { ChatQueue, OpenQueue, QueueOptions } from './chat.queue.js';
import { HandlerLog, type HandlerPlan, type HandlerRun } from './handler.log.js';

/** Loaded by name, so that a process contains nothing of the other. */
const QUEUES = {
  inbox: async () => (await import('./inbox.queue.js')).openInbox,
  bullmq: async () => (await import('./bullmq.queue.js')).openBullmq,
} as const satisfies Record<string, () => Promise<OpenQueue>>;

export type QueueName = keyof typeof QUEUES;

/** What a process stores: so many messages for each of its chats. */
export interface Filling {
  readonly batch: number;
  readonly firstChat: number;
  readonly chats: number;
  readonly messagesPerChat: number;
}

const openQueue = await QUEUES[process.argv[2] as QueueName]();
let queue: ChatQueue;
let log = new HandlerLog({ handlerMs: 0 });

const commands = {
  async open(options: QueueOptions): Promise<void> {
    queue = await openQueue(options, (message) => log.handle(message));
  },
  /** Stores for all chats at once; each chat waits until its message is stored before its next. */
  async fill({ batch, firstChat, chats, messagesPerChat }: Filling) {
    const fromMs = sharedNowMs();
    const storeAll = async (chat: number) => {
      for (let number = 0; number < messagesPerChat; number += 1) {
        await queue.store({ batch, chat, number });
      }
    };
    await Promise.all(Array.from({ length: chats }, (_, index) => storeAll(firstChat + index)));
    return { fromMs, toMs: sharedNowMs() };
  },
  /** Stores one message after the other, each for a chat of its own, and says when each arrived. */
  async trickle(filling: { batch: number; count: number; meanPauseMs: number }) {
    const { batch, count, meanPauseMs } = filling;
    const stores: Promise<void>[] = [];
    const arrivedAtMs: number[] = [];
    for (let chat = 0; chat < count; chat += 1) {
      arrivedAtMs.push(sharedNowMs());
      stores.push(queue.store({ batch, chat, number: 0 }));
      await delay(meanPauseMs * (0.5 + Math.random()));
    }
    await Promise.all(stores);
    return arrivedAtMs;
  },
  async start(plan: HandlerPlan): Promise<number> {
    log = new HandlerLog(plan);
    const startedAtMs = sharedNowMs();
    await queue.start();
    return startedAtMs;
  },
  progress(): { begun: number; succeeded: number } {
    return { begun: log.runs.length, succeeded: log.succeeded };
  },
  runs(): readonly HandlerRun[] {
    return log.runs;
  },
  async stop(): Promise<readonly HandlerRun[]> {
    await queue.stop();
    return log.runs;
  },
  cpuMicros(): number {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

export type QueueCommands = typeof commands;

answerParent(commands);
