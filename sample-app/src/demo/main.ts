import 'reflect-metadata';

import { Command, InvalidArgumentError, Option } from 'commander';

import type { DemoOptions } from './demo.options.js';
import { runDemo } from './run-demo.js';

const {
  for: forSeconds,
  transport,
  inbox: hasInbox = false,
} = new Command('demo')
  .description('Runs the sample app against an emulated GREEN-API and shows what happens.')
  .option('--for <seconds>', 'stop after this many seconds (default: run until Ctrl-C)', seconds)
  .addOption(
    new Option('--transport <name>', 'how the sample app receives notifications')
      .choices(['polling', 'webhook'])
      .default('polling'),
  )
  .option('--inbox', 'store notifications first, and handle many chats at the same time')
  .parse()
  .opts<{ for?: number; transport: DemoOptions['transport']; inbox?: boolean }>();

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());

process.exitCode = (await runDemo({ forSeconds, transport, hasInbox }, stopped.signal)) ? 0 : 1;

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('it must be a number greater than 0');
  return value;
}
