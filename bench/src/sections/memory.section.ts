import { setTimeout as delay } from 'node:timers/promises';

import { PolledContestant, startGateway } from './polled.contestant.js';
import type { Surroundings } from './section.js';

export interface MemorySample {
  /** Since the end of the warm-up. */
  readonly notifications: number;
  /** Used heap and external memory after a full garbage collection. */
  readonly heldBytes: number;
  readonly residentBytes: number;
}

export interface MemoryResult {
  /**
   * What the process holds after the last notification, minus what it held after the warm-up, in
   * bytes. A quick run handles fewer than a million: see `notifications`.
   */
  readonly growthOver1MNotifications: number;
  readonly notifications: number;
  /** Handled before, so that the library remembers as many notifications as it ever does. */
  readonly warmUpNotifications: number;
  /** How many notifications the library remembers; undefined: its default. */
  readonly rememberedEntries?: number;
  readonly samples: readonly MemorySample[];
}

const LOOK_EVERY_MS = 50;
const RECEIVE_TIMEOUT_SECONDS = 20;

/** Whether memory grows with the notifications that were handled. */
export async function measureMemory({
  children,
  scale,
  progress,
}: Surroundings): Promise<MemoryResult> {
  const { instances, rememberedEntries, warmUp, notifications, samples: count } = scale.memory;
  const gateway = await startGateway(children);
  const contestant = await PolledContestant.start(children, gateway, 'ours', {
    instances,
    roundTripMs: 0,
    receiveTimeoutSeconds: RECEIVE_TIMEOUT_SECONDS,
    rememberedEntries,
  });
  progress(`memory: ${warmUp} notifications to warm up`);
  await receive(contestant, warmUp);
  const samples: MemorySample[] = [{ notifications: 0, ...(await contestant.child.ask('memory')) }];
  let received = 0;
  for (let sample = 1; sample <= count; sample += 1) {
    received += await receive(contestant, Math.max(1, (notifications * sample) / count - received));
    samples.push({ notifications: received, ...(await contestant.child.ask('memory')) });
    progress(`memory: ${received} of ${notifications} notifications`);
  }
  children.end(gateway, contestant.child);
  return {
    growthOver1MNotifications: samples.at(-1)!.heldBytes - samples[0]!.heldBytes,
    notifications: received,
    warmUpNotifications: warmUp,
    ...(rememberedEntries !== undefined && { rememberedEntries }),
    samples,
  };
}

/** Lets it receive at least so many notifications, and returns how many there were. */
async function receive(contestant: PolledContestant, atLeast: number): Promise<number> {
  const { gateway, group } = contestant;
  await contestant.quiet();
  await gateway.ask('mark', group);
  await gateway.ask('feed', { group, isFed: true });
  while ((await gateway.ask('count', group)).deleted < atLeast) await delay(LOOK_EVERY_MS);
  await gateway.ask('feed', { group, isFed: false });
  await contestant.quiet();
  return (await gateway.ask('count', group)).deleted;
}
