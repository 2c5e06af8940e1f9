import type { Verdict } from '../faults/support/delivery.oracle.js';
import type { Idea } from './chaos.ideas.js';

/** What a run came to. */
export interface ChaosReport {
  readonly seed: number;
  readonly issued: number;
  readonly instances: number;
  readonly ideas: readonly Idea[];
  readonly seconds: number;
  readonly restarts: number;
  /** Of stop, start, removeInstance and addInstance. */
  readonly lifecycleCalls: number;
  readonly faultsFired: Readonly<Record<string, number>>;
  /** By GREEN-API, before they were acknowledged. */
  readonly dropped: number;
  readonly deadLetters: number;
  /** Allowed: a new process does not know what the one before handled and could not acknowledge. */
  readonly repeatedAfterRestart: number;
  /** None of these may be. */
  readonly problems: Verdict & {
    readonly tokensPrinted: number;
    readonly unhandled: readonly string[];
    /** Calls of stop, start, removeInstance and addInstance that were refused. */
    readonly refused: readonly string[];
  };
}

const MOST_PRINTED = 20;

export function hasProblems({ problems }: ChaosReport): boolean {
  return Object.values(problems).some((problem) =>
    typeof problem === 'number' ? problem > 0 : problem.length > 0,
  );
}

/** As it is printed. */
export function describeReport(report: ChaosReport): string {
  const { seed, issued, seconds, restarts, lifecycleCalls, dropped, deadLetters } = report;
  const fired = Object.entries(report.faultsFired).filter(([, count]) => count > 0);
  const faults = fired.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...fired.map(([name, count]) => `${String(count).padStart(6)}  ${name}`),
    '',
    `Seed ${seed}: ${issued} notifications in ${seconds.toFixed(0)} s, ` +
      `${faults} faults of ${fired.length} kinds, ${restarts} restarts, ` +
      `${lifecycleCalls} calls of stop, start, removeInstance and addInstance, ` +
      `${dropped} dropped by GREEN-API, ${deadLetters} dead letters, ` +
      `${report.repeatedAfterRestart} handled again after a restart`,
    hasProblems(report)
      ? `FAILED; run it again with ${flagsOf(report)}:\n${describeProblems(report)}`
      : 'Nothing lost, nothing overtaken, nothing handled twice within a process, nothing held on to',
  ].join('\n');
}

function flagsOf({ seed, issued, instances, ideas }: ChaosReport): string {
  return `--seed ${seed} --count ${issued} --instances ${instances} --only ${ideas.join(' ')}`;
}

function describeProblems({ problems }: ChaosReport): string {
  return Object.entries(problems)
    .map(([name, found]) => {
      if (typeof found === 'number') return `${name}: ${found}`;
      const printed = found.slice(0, MOST_PRINTED).map((one: string) => `\n  ${one}`);
      const more = found.length - printed.length;
      return `${name}: ${found.length}${printed.join('')}${more > 0 ? `\n  and ${more} more` : ''}`;
    })
    .join('\n');
}
