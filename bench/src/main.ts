import { Command, Option } from 'commander';

import { SECTION_NAMES, type SectionName } from './bench.scale.js';
import { build } from './build.js';
import { Children } from './processes/children.js';
import { writePage } from './report/page.js';
import { textReport } from './report/text.report.js';
import { runBench } from './run.bench.js';

const { json, quick, only, write } = new Command('bench')
  .description('Measures this library beside what people use without it, on this machine.')
  .option('--quick', 'fewer rounds and contestants: under 2 minutes', false)
  .option('--json', 'print one JSON object instead of the report', false)
  .addOption(new Option('--only <sections...>', 'what to measure').choices(SECTION_NAMES))
  .option('--write <path>', 'also write the tables into <path>.md, and plots into <path>/')
  .parse()
  .opts<{ quick: boolean; json: boolean; only?: readonly SectionName[]; write?: string }>();

using children = new Children();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    children[Symbol.dispose]();
    process.exit(130);
  });
}

const progress = (text: string) => {
  console.error(`${String(Math.round(performance.now() / 1000)).padStart(4)} s  ${text}`);
};
progress('compiling the library and the bench');
await build();
const result = await runBench({ isQuick: quick, only, children, progress });
if (write !== undefined) writePage(write, result);
console.log(json ? JSON.stringify(result) : textReport(result));
