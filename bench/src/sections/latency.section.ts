import { CONTESTANT_NAMES, type ContestantName } from '../contestants/contestants.js';
import { percentile } from '../statistics.js';
import { PolledContestant, startGateway } from './polled.contestant.js';
import type { Surroundings } from './section.js';

export interface LatencyFigures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly notifications: number;
}

export type LatencyResult = { readonly [Name in ContestantName]?: LatencyFigures };

/** How long a notification takes from its arrival at the gateway until its handler runs. */
export async function measureLatency(surroundings: Surroundings): Promise<LatencyResult> {
  const { children, scale, progress } = surroundings;
  const gateway = await startGateway(children);
  const names: readonly ContestantName[] = scale.isQuick
    ? ['ours', 'bareUndici']
    : CONTESTANT_NAMES;
  const result: Record<string, LatencyFigures> = {};
  for (const name of names) {
    progress(`latency: ${name}`);
    const contestant = await PolledContestant.start(children, gateway, name, {
      instances: 1,
      roundTripMs: 0,
    });
    result[name] = await measure(contestant, surroundings);
    children.end(contestant.child);
  }
  children.end(gateway);
  return result;
}

async function measure(
  { child, gateway, group }: PolledContestant,
  { scale }: Surroundings,
): Promise<LatencyFigures> {
  const { notifications, meanPauseMs } = scale.latency;
  await gateway.ask('trickle', { group, count: Math.ceil(notifications / 5), meanPauseMs });
  await child.ask('latencies');
  await gateway.ask('trickle', { group, count: notifications, meanPauseMs });
  const latenciesMs = await child.ask('latencies');
  return {
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    notifications: latenciesMs.length,
  };
}
