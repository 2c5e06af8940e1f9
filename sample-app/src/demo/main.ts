import 'reflect-metadata';

import { Command, InvalidArgumentError } from 'commander';

import { runDemo } from './run-demo.js';

const { for: forSeconds } = new Command('demo')
  .description('Runs the sample app against an emulated GREEN-API and shows what happens.')
  .option('--for <seconds>', 'stop after so many seconds (default: run until Ctrl-C)', seconds)
  .parse()
  .opts<{ for?: number }>();

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());

process.exitCode = (await runDemo({ forSeconds }, stopped.signal)) ? 0 : 1;

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('it must be a number above 0');
  return value;
}
