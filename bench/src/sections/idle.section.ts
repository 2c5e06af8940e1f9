import { setTimeout as delay } from 'node:timers/promises';

import { PolledContestant, startGateway } from './polled.contestant.js';
import type { Surroundings } from './section.js';

export interface IdleFigures {
  /** Used heap and external memory for each instance, in bytes, connection included. */
  readonly bytesPerInstance: number;
  /** CPU time of one receiveNotification that waited in vain, in microseconds. */
  readonly cpuMicrosPerEmptyPoll: number;
  /** The same for an instance that polls once a minute, in milliseconds an hour. */
  readonly cpuMsPerHour: number;
}

export interface IdleResult {
  /** Ours, with 10,000 instances in a process. */
  readonly bytesPerInstance10000: number;
  /** By the number of instances. */
  readonly ours: Readonly<Record<number, IdleFigures>>;
  readonly bareUndici: Readonly<Record<number, IdleFigures>>;
}

type IdleContestant = 'ours' | 'bareUndici';

const RECEIVE_TIMEOUT_SECONDS = 5;
const STARTED_WITHIN_MS = 90_000;
const LONGEST_POLLS_PER_HOUR = 60;

/** What instances cost that nobody writes to. */
export async function measureIdle(surroundings: Surroundings): Promise<IdleResult> {
  const { instances, besideBare } = surroundings.scale.idle;
  const ours: Record<number, IdleFigures> = {};
  const bareUndici: Record<number, IdleFigures> = {};
  for (const count of instances) {
    surroundings.progress(`idle: ${count} instances`);
    const measureOurs = async () => {
      ours[count] = await measure('ours', count, surroundings);
    };
    const measureBare = async () => {
      bareUndici[count] = await measure('bareUndici', count, surroundings);
    };
    // At once: both wait nearly all the time. Each has a gateway of its own, because that one holds
    // as many connections.
    await Promise.all(besideBare ? [measureOurs(), measureBare()] : [measureOurs()]);
  }
  return { bytesPerInstance10000: ours[10_000]!.bytesPerInstance, ours, bareUndici };
}

async function measure(
  name: IdleContestant,
  instances: number,
  { children, scale }: Surroundings,
): Promise<IdleFigures> {
  const gateway = await startGateway(children);
  const start = (count: number) =>
    PolledContestant.start(children, gateway, name, {
      instances: count,
      roundTripMs: 0,
      receiveTimeoutSeconds: RECEIVE_TIMEOUT_SECONDS,
    });
  // A process with one instance has everything that is not paid for each instance.
  const [single, contestant] = await Promise.all([start(1), start(instances)]);
  await contestant.quiet(STARTED_WITHIN_MS);
  const cpuMicrosPerEmptyPoll = await cpuOfEmptyPoll(contestant, scale.idle.forMs);
  // By now every connection has been used more than once.
  const [alone, together] = await Promise.all([
    single.child.ask('memory'),
    contestant.child.ask('memory'),
  ]);
  children.end(gateway, single.child, contestant.child);
  return {
    bytesPerInstance: (together.heldBytes - alone.heldBytes) / (instances - 1),
    cpuMicrosPerEmptyPoll,
    cpuMsPerHour: (cpuMicrosPerEmptyPoll * LONGEST_POLLS_PER_HOUR) / 1000,
  };
}

async function cpuOfEmptyPoll(contestant: PolledContestant, forMs: number): Promise<number> {
  const { child, gateway, group } = contestant;
  await gateway.ask('mark', group);
  const before = await child.ask('usage');
  await delay(forMs);
  const after = await child.ask('usage');
  const { empty } = await gateway.ask('count', group);
  return (after.cpuMicros - before.cpuMicros) / empty;
}
