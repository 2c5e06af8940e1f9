import { setTimeout as delay } from 'node:timers/promises';

import { sharedNowMs } from '../../processes/shared-clock.js';
import { type Spread, spreadOf } from '../../statistics.js';
import type { Surroundings } from '../section.js';
import { dropSchema } from './queue.servers.js';
import { nextBatch, startQueue } from './queue.team.js';

export interface TakeoverResult {
  /** From SIGKILL of the process that handles a message until its handler starts in another one. */
  readonly medianMs: number;
  readonly spreadMs: Spread;
  readonly kills: number;
}

/** Longer than a lease: a process that has just started takes nothing over. */
const SETTLED_AFTER_MS = 4500;
/** Leases are renewed once a second, so a kill may come at any time of that. */
const RENEWED_EVERY_MS = 1000;
const LOOK_EVERY_MS = 10;
/** Never ends before the kill. */
const HANDLER_MS = 60_000;

/**
 * How long a message waits whose process was killed. Each kill has two processes and a schema of its
 * own. All take place at the same time, because nearly all of it is waiting.
 */
export async function measureTakeover(
  { children, scale, progress }: Surroundings,
  postgresUrl: string,
  name: string,
): Promise<TakeoverResult> {
  const { takeovers } = scale.inbox;
  progress(`inbox: ${takeovers} takeover(s)`);
  const tookMs = await Promise.all(
    Array.from({ length: takeovers }, async (_, index) => {
      const schema = `${name}_${index}`;
      const waitMs = SETTLED_AFTER_MS + (RENEWED_EVERY_MS * index) / takeovers;
      const took = await takeOver(children, { url: postgresUrl, name: schema }, waitMs);
      await dropSchema(postgresUrl, schema);
      return took;
    }),
  );
  const spreadMs = spreadOf(tookMs);
  return { medianMs: spreadMs.median, spreadMs, kills: takeovers };
}

async function takeOver(
  children: Surroundings['children'],
  options: { readonly url: string; readonly name: string },
  waitMs: number,
): Promise<number> {
  const victim = await startQueue(children, 'inbox', options);
  await victim.ask('start', { handlerMs: HANDLER_MS });
  await victim.ask('fill', { batch: nextBatch(), firstChat: 0, chats: 1, messagesPerChat: 1 });
  while ((await victim.ask('progress')).begun === 0) await delay(LOOK_EVERY_MS);
  const heir = await startQueue(children, 'inbox', options);
  await heir.ask('start', { handlerMs: HANDLER_MS });
  await delay(waitMs);
  const killedAtMs = sharedNowMs();
  children.end(victim);
  while ((await heir.ask('progress')).begun === 0) await delay(LOOK_EVERY_MS);
  const [run] = await heir.ask('runs');
  children.end(heir);
  return run!.startedAtMs - killedAtMs;
}
