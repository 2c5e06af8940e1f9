/** What a run came to. */
export interface ChaosReport {
  readonly seed: number;
  readonly issued: number;
  readonly seconds: number;
  readonly restarts: number;
  readonly faultsFired: Readonly<Record<string, number>>;
  readonly deadLetters: number;
  /** Allowed: a new process does not know what the one before handled and could not acknowledge. */
  readonly repeatedAfterRestart: number;
  /** None of these may be. */
  readonly problems: {
    readonly lost: readonly string[];
    readonly waiting: readonly string[];
    readonly overtaken: readonly string[];
    readonly repeatedInProcess: number;
    readonly tokensPrinted: number;
    readonly unhandled: readonly string[];
  };
}

export function hasProblems({ problems }: ChaosReport): boolean {
  return Object.values(problems).some((problem) =>
    typeof problem === 'number' ? problem > 0 : problem.length > 0,
  );
}

/** As it is printed. */
export function describeReport(report: ChaosReport): string {
  const { seed, issued, seconds, restarts, deadLetters, repeatedAfterRestart, problems } = report;
  const fired = Object.entries(report.faultsFired).filter(([, count]) => count > 0);
  const faults = fired.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...fired.map(([name, count]) => `${String(count).padStart(6)}  ${name}`),
    '',
    `Seed ${seed}: ${issued} notifications in ${seconds.toFixed(0)} s, ` +
      `${faults} faults of ${fired.length} kinds, ${restarts} restarts, ${deadLetters} dead letters, ` +
      `${repeatedAfterRestart} handled again after a restart`,
    hasProblems(report)
      ? `FAILED; run it again with --seed ${seed} --count ${issued}:\n${JSON.stringify(problems, null, 2)}`
      : 'Nothing lost, nothing overtaken, nothing handled twice within a process',
  ].join('\n');
}
