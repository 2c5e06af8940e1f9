import 'reflect-metadata';

import { randomInt } from 'node:crypto';

import { Command, InvalidArgumentError } from 'commander';

import type { ChaosProgress } from './chaos.options.js';
import { describeReport, hasProblems } from './chaos.report.js';
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
  .parse()
  .opts<{ seed?: number; count: number; instances: number }>();

const { count, instances, seed = randomInt(2 ** 31) } = options;
console.log(`Seed ${seed}: ${count} notifications of ${instances} instances`);
const report = await runChaos({ seed, count, instances, onProgress: progressPrinter() });
console.log(describeReport(report));
process.exitCode = hasProblems(report) ? 1 : 0;

function progressPrinter(): (progress: ChaosProgress) => void {
  let printedAt = performance.now();
  return ({ acknowledged, faults, restarts }) => {
    if (performance.now() - printedAt < PROGRESS_EVERY_MS) return;
    printedAt = performance.now();
    console.log(`${acknowledged} of ${count} acknowledged, ${faults} faults, ${restarts} restarts`);
  };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('it must be a whole number above 0');
  }
  return value;
}
