#!/usr/bin/env node
import { runCli } from './run.cli.js';

const stopped = new Promise<void>((resolve) => {
  process.once('SIGINT', () => resolve());
  process.once('SIGTERM', () => resolve());
});

async function main(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), {
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    stopped,
  });
}

void main();
