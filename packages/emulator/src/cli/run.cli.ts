import { CommanderError } from 'commander';
import { startEmulator } from '../start.emulator.js';
import type { CliFlags } from './cli.flags.js';
import type { CliIo } from './cli.io.js';
import { cliProgram } from './cli.program.js';
import { flagsToOptions } from './flags.to-options.js';
import { startMessage } from './start.message.js';

/** Runs the program until it is asked to stop; resolves with the exit code. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const program = cliProgram()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.write(text),
      writeErr: (text) => io.writeError(text),
    });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
  return serve(program.opts<CliFlags>(), io);
}

async function serve(flags: CliFlags, io: CliIo): Promise<number> {
  try {
    const emulator = await startEmulator(flagsToOptions(flags));
    const known = flags.instance.map(({ idInstance }) => idInstance);
    io.write(startMessage(emulator.url, known));
    await io.stopped;
    await emulator.close();
    return 0;
  } catch (error) {
    io.writeError(`${explain(error, flags)}\n`);
    return 1;
  }
}

function explain(error: unknown, { port, host }: CliFlags): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use: choose another with --port, or --port 0 for any free one.`;
  }
  if (code === 'EACCES') return `Port ${port} on ${host} needs privileges: choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine.`;
  return message;
}
