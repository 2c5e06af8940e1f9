import type { BenchResult } from '../run.bench.js';
import { tablesOf } from './result.tables.js';
import { plainTable } from './table.js';

/** The report for a terminal. */
export function textReport(result: BenchResult): string {
  const { machine, isQuick, tookSeconds } = result;
  const kind = isQuick ? 'Quick run: few rounds, so only a rough picture.' : 'Full run.';
  const head = `${kind} Node ${machine.node}, ${machine.platform}, ${machine.cpus}. Took ${tookSeconds} s.`;
  const meaning =
    'Figures are medians of rounds that took turns; min … max shows the spread. Each contestant and the gateway has its own process.';
  return [head, meaning, '', ...tablesOf(result).map(plainTable)].join('\n');
}
