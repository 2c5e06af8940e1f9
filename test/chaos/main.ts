import 'reflect-metadata';

import { randomInt } from 'node:crypto';

import { Command, InvalidArgumentError, Option } from 'commander';

import { type Idea, IDEAS } from './chaos.ideas.js';
import type { ChaosProgress } from './chaos.options.js';
import { describeReport, hasProblems } from './chaos.report.js';
import { type Store, STORES } from './chaos.stores.js';
import { runChaos } from './run.chaos.js';

const PROGRESS_EVERY_MS = 5000;

const options = new Command('chaos')
  .description('Issues notifications while everything fails now and then, and verifies each.')
  .option('--seed <number>', 'decides on faults and traffic (default: a random one)', wholeNumber)
  .option('--count <number>', 'how many notifications', wholeNumber, 5000)
  .option(
    '--instances <number>',
    'how many instances; every second one by webhook',
    wholeNumber,
    16,
  )
  .addOption(
    new Option('--only <ideas...>', 'what to play beside plain traffic and faults').choices(IDEAS),
  )
  .addOption(
    new Option('--overlap <when>', 'polling.overlap').choices(['auto', 'never']).default('auto'),
  )
  .addOption(new Option('--inbox <store>', 'store notifications in an inbox').choices(STORES))
  .parse()
  .opts<{
    seed?: number;
    count: number;
    instances: number;
    only?: readonly Idea[];
    overlap: 'auto' | 'never';
    inbox?: Store;
  }>();

const {
  count,
  instances,
  only: ideas = IDEAS,
  overlap,
  inbox,
  seed = randomInt(2 ** 31),
} = options;
console.log(`Seed ${seed}: ${count} notifications of ${instances} instances`);
const report = await runChaos({
  seed,
  count,
  instances,
  ideas,
  overlap,
  inbox,
  onProgress: progressPrinter(),
});
console.log(describeReport(report));
process.exitCode = hasProblems(report) ? 1 : 0;

function progressPrinter(): (progress: ChaosProgress) => void {
  let printedAt = performance.now();
  return ({ settled, faults, restarts }) => {
    if (performance.now() - printedAt < PROGRESS_EVERY_MS) return;
    printedAt = performance.now();
    console.log(`${settled} of ${count} settled, ${faults} faults, ${restarts} restarts`);
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('it must be a whole number above 0');
  }
  return value;
}
