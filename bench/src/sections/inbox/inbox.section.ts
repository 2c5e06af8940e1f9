import { randomBytes } from 'node:crypto';

import type { Surroundings } from '../section.js';
import { type InboxLatencyResult, measureInboxLatency } from './inbox.latency.js';
import { measureTakeover, type TakeoverResult } from './inbox.takeover.js';
import { type CompletedResult, measureThroughput, type StoredResult } from './inbox.throughput.js';
import { findServers } from './queue.servers.js';

export interface InboxResult {
  readonly chats: number;
  readonly messagesPerChat: number;
  readonly stored: StoredResult;
  readonly completed: CompletedResult;
  readonly latency: InboxLatencyResult;
  readonly takeover?: TakeoverResult;
  /** What was not measured, and why. */
  readonly skipped: readonly string[];
}

/** What an inbox between receiving and handling can take, beside a queue that keeps no order. */
export async function measureInbox(surroundings: Surroundings): Promise<InboxResult> {
  const { scale, progress } = surroundings;
  const servers = await findServers();
  for (const skipped of servers.skipped) progress(`inbox: skipped ${skipped}`);
  const name = `inbox_bench_${randomBytes(6).toString('hex')}`;
  const { chats, messagesPerChat } = scale.inbox;
  return {
    chats,
    messagesPerChat,
    ...(await measureThroughput(surroundings, servers, name)),
    latency: await measureInboxLatency(surroundings, servers, `${name}_latency`),
    ...(servers.postgresUrl !== undefined && {
      takeover: await measureTakeover(surroundings, servers.postgresUrl, `${name}_takeover`),
    }),
    skipped: servers.skipped,
  };
}
