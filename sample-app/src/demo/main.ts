import 'reflect-metadata';

import { Command, InvalidArgumentError, Option } from 'commander';

import type { DemoOptions } from './demo.options.js';
import { runDemo } from './run-demo.js';

const { for: forSeconds, transport } = new Command('demo')
  .description('Runs the sample app against an emulated GREEN-API and shows what happens.')
  .option('--for <seconds>', 'stop after this many seconds (default: run until Ctrl-C)', seconds)
  .addOption(
    new Option('--transport <name>', 'how the sample app receives notifications')
      .choices(['polling', 'webhook'])
      .default('polling'),
  )
  .parse()
  .opts<{ for?: number; transport: DemoOptions['transport'] }>();

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());

process.exitCode = (await runDemo({ forSeconds, transport }, stopped.signal)) ? 0 : 1;

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('it must be a number greater than 0');
  return value;
}
