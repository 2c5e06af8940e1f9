import { setTimeout as delay } from 'node:timers/promises';

import type { HandlerPlan, HandlerRun } from '../../inbox/handler.log.js';
import type { QueueCommands, QueueName } from '../../inbox/queue.main.js';
import type { Child, Children } from '../../processes/children.js';
import { judgeOrder, type OrderVerdict } from './order.verdict.js';

export type QueueChild = Child<QueueCommands>;

/** How many messages a process handles at the same time. */
const CONCURRENCY = 200;

/** What the processes of a team are given to do in a round. */
export interface Work {
  readonly chats: number;
  readonly messagesPerChat: number;
  readonly plan: HandlerPlan;
}

/** What they made of it. */
export interface QueueRound extends OrderVerdict {
  readonly storedPerSecond: number;
  readonly completedPerSecond: number;
  /** CPU time of the processes, without that of a server, for each message. */
  readonly storedCpuMicros: number;
  readonly completedCpuMicros: number;
}

const LOOK_EVERY_MS = 20;
const HANDLED_WITHIN_MS = 60_000;

let batches = 0;

/** A number that no message of this run has in its id. */
export function nextBatch(): number {
  return (batches += 1);
}

export async function startQueue(
  children: Children,
  name: QueueName,
  options: { readonly url?: string | undefined; readonly name: string },
): Promise<QueueChild> {
  const child = await children.start<QueueCommands>('inbox/queue.main', name);
  await child.ask('open', { ...options, concurrency: CONCURRENCY });
  return child;
}

/** Stores everything, and then lets it be handled, by all of the team. */
export async function playRound(team: readonly QueueChild[], work: Work): Promise<QueueRound> {
  const messages = work.chats * work.messagesPerChat;
  const stored = await withCpu(team, () => fill(team, work));
  const completed = await withCpu(team, () => handle(team, work.plan, messages));
  const { runs, fromMs } = completed.result;
  const toMs = Math.max(...runs.map(({ endedAtMs = 0 }) => endedAtMs));
  return {
    ...judgeOrder(runs, messages),
    storedPerSecond: (messages * 1000) / stored.result,
    completedPerSecond: (messages * 1000) / (toMs - fromMs),
    storedCpuMicros: stored.cpuMicros / messages,
    completedCpuMicros: completed.cpuMicros / messages,
  };
}

/** Each process stores the messages of its share of the chats. Returns how long it took. */
async function fill(team: readonly QueueChild[], work: Work): Promise<number> {
  const batch = nextBatch();
  const chats = work.chats / team.length;
  const spans = await Promise.all(
    team.map((child, index) =>
      child.ask('fill', { ...work, batch, firstChat: index * chats, chats }),
    ),
  );
  return (
    Math.max(...spans.map(({ toMs }) => toMs)) - Math.min(...spans.map(({ fromMs }) => fromMs))
  );
}

async function handle(team: readonly QueueChild[], plan: HandlerPlan, messages: number) {
  const starts = await Promise.all(team.map((child) => child.ask('start', plan)));
  const untilMs = performance.now() + HANDLED_WITHIN_MS;
  for (;;) {
    const progress = await Promise.all(team.map((child) => child.ask('progress')));
    const succeeded = progress.reduce((sum, each) => sum + each.succeeded, 0);
    if (succeeded >= messages || performance.now() > untilMs) break;
    await delay(LOOK_EVERY_MS);
  }
  const runs: HandlerRun[] = (await Promise.all(team.map((child) => child.ask('stop')))).flat();
  return { runs, fromMs: Math.min(...starts) };
}

async function withCpu<Result>(team: readonly QueueChild[], act: () => Promise<Result>) {
  const usedMicros = async () => {
    const each = await Promise.all(team.map((child) => child.ask('cpuMicros')));
    return each.reduce((sum, micros) => sum + micros, 0);
  };
  const beforeMicros = await usedMicros();
  const result = await act();
  return { result, cpuMicros: (await usedMicros()) - beforeMicros };
}
