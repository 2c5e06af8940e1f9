import { cpus } from 'node:os';

import { scaleOf, type SectionName } from './bench.scale.js';
import { Children } from './processes/children.js';
import { type SectionResults, SECTIONS } from './sections/sections.js';

/**
 * What `--json` prints. Others rely on the names of these figures:
 * `polling.rtt20.ours.perSecond`, `polling.rtt20.bareUndici.perSecond`,
 * `polling.rtt20.shareOfTwoRoundTripLimit`, `polling.rtt0.cpuRatioToBareUndici`,
 * `webhook.express.ratioToHandWrittenController`, `webhook.fastify.ratioToHandWrittenController`,
 * `idle.bytesPerInstance10000` and `memory.growthOver1MNotifications`. A quick run has them, too, and
 * `inbox.stored.postgres1.perSecond`, `inbox.completed.tenMs.postgres1.perSecond`,
 * `inbox.latency.postgres.p50Ms` and `inbox.takeover.medianMs`, if there is a PostgreSQL server.
 */
export interface BenchResult extends SectionResults {
  readonly isQuick: boolean;
  readonly machine: { readonly node: string; readonly platform: string; readonly cpus: string };
  readonly takenAt: string;
  readonly tookSeconds: number;
}

export interface BenchOptions {
  readonly isQuick: boolean;
  readonly only: readonly SectionName[] | undefined;
  readonly children: Children;
  readonly progress: (text: string) => void;
}

/** Runs the sections one after the other. */
export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { isQuick, only, children, progress } = options;
  const startedAtMs = performance.now();
  const scale = scaleOf(isQuick);
  const results: Record<string, unknown> = {};
  for (const name of only ?? scale.sections) {
    results[name] = await SECTIONS[name]({ children, scale, progress });
  }
  const [cpu] = cpus();
  return {
    isQuick,
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpus: `${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}`,
    },
    takenAt: new Date().toISOString(),
    tookSeconds: Math.round((performance.now() - startedAtMs) / 1000),
    ...(results as SectionResults),
  };
}
