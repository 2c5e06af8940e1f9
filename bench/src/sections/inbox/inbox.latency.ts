import { setTimeout as delay } from 'node:timers/promises';

import { percentile } from '../../statistics.js';
import type { Surroundings } from '../section.js';
import { dropSchema, type QueueServers } from './queue.servers.js';
import { nextBatch, type QueueChild, startQueue } from './queue.team.js';

/** Where a message is stored and handled. `postgresOther`: handled by another process. */
export const LATENCY_NAMES = ['pglite', 'postgres', 'postgresOther'] as const;

export type LatencyName = (typeof LATENCY_NAMES)[number];

export interface InboxLatencyFigures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly notifications: number;
}

export type InboxLatencyResult = { readonly [Name in LatencyName]?: InboxLatencyFigures };

interface Pair {
  readonly name: LatencyName;
  readonly receiver: QueueChild;
  readonly worker: QueueChild;
  readonly latenciesMs: number[];
}

const LOOK_EVERY_MS = 10;

/** How long a message takes from its arrival until its handler runs, if nothing else is going on. */
export async function measureInboxLatency(
  { children, scale, progress }: Surroundings,
  { postgresUrl }: QueueServers,
  name: string,
): Promise<InboxLatencyResult> {
  const { rounds, notifications, meanPauseMs } = scale.inbox.latency;
  const pairs = await startPairs({ children, postgresUrl, name });
  for (let round = 0; round <= rounds; round += 1) {
    progress(round === 0 ? 'inbox latency: warming up' : `inbox latency: round ${round}`);
    for (const pair of pairs) {
      const latenciesMs = await trickle(pair, notifications / rounds, meanPauseMs);
      if (round > 0) pair.latenciesMs.push(...latenciesMs);
    }
  }
  children.end(...new Set(pairs.flatMap(({ receiver, worker }) => [receiver, worker])));
  if (postgresUrl !== undefined) await dropSchema(postgresUrl, name);
  return Object.fromEntries(
    pairs.map(({ name: pair, latenciesMs }) => [
      pair,
      {
        p50Ms: percentile(latenciesMs, 0.5),
        p99Ms: percentile(latenciesMs, 0.99),
        notifications: latenciesMs.length,
      },
    ]),
  );
}

async function startPairs(given: {
  readonly children: Surroundings['children'];
  readonly postgresUrl: string | undefined;
  readonly name: string;
}): Promise<readonly Pair[]> {
  const { children, postgresUrl: url, name } = given;
  const pglite = await startQueue(children, 'inbox', { name });
  const alone: Pair = { name: 'pglite', receiver: pglite, worker: pglite, latenciesMs: [] };
  if (url === undefined) return [alone];
  const worker = await startQueue(children, 'inbox', { url, name });
  const receiver = await startQueue(children, 'inbox', { url, name });
  return [
    alone,
    { name: 'postgres', receiver: worker, worker, latenciesMs: [] },
    { name: 'postgresOther', receiver, worker, latenciesMs: [] },
  ];
}

async function trickle(
  { receiver, worker }: Pair,
  count: number,
  meanPauseMs: number,
): Promise<readonly number[]> {
  await worker.ask('start', { handlerMs: 0 });
  const arrivedAtMs = await receiver.ask('trickle', { batch: nextBatch(), count, meanPauseMs });
  while ((await worker.ask('progress')).succeeded < count) await delay(LOOK_EVERY_MS);
  const runs = await worker.ask('stop');
  return runs.map(({ chat, startedAtMs }) => startedAtMs - arrivedAtMs[chat]!);
}
