import { CommanderError } from 'commander';

import type { RefusedWebhook } from '../options/emulator.options.js';
import { startEmulator } from '../start.emulator.js';
import { type CliFlags, flagsToOptions } from './cli.flags.js';
import { cliProgram } from './cli.program.js';

/** The parts of the process that the command line program uses. */
export interface CliIo {
  write(text: string): void;
  writeError(text: string): void;
  /** Resolves when the program is asked to stop. */
  readonly stopped: Promise<void>;
}

/** The text at startup: the URL, and two commands to try. */
function startMessage(url: string, instances: readonly string[]): string {
  const idInstance = instances[0] ?? '1101000001';
  const fixed = instances.length > 0;
  const token = fixed ? '$TOKEN' : 'any-token';
  const known = fixed
    ? `Instances: ${instances.join(', ')}.`
    : 'Any idInstance works. The token of its first request becomes its token.';
  const notification = JSON.stringify({
    typeWebhook: 'stateInstanceChanged',
    instanceData: { idInstance: Number(idInstance), wid: '', typeInstance: 'whatsapp' },
    timestamp: 1767225600,
    stateInstance: 'authorized',
  });
  return `GREEN-API emulator listens on ${url}
${known}

Queue a notification, then receive it:
  curl ${url}/ -d '${notification}'
  curl "${url}/waInstance${idInstance}/receiveNotification/${token}"
`;
}

/** Without the URL: it may contain a token. */
function refusalMessage({ idInstance, host }: RefusedWebhook): string {
  return (
    `The webhooks of instance ${idInstance} are not sent: ${host} is not a loopback address. ` +
    `If the emulator may post there, start it with --allow-webhook-host ${host}\n`
  );
}

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
    const emulator = await startEmulator({
      ...flagsToOptions(flags),
      onWebhookRefused: (refused) => io.writeError(refusalMessage(refused)),
    });
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
    return `Port ${port} on ${host} is in use: choose another with --port, or --port 0 for any free port.`;
  }
  if (code === 'EACCES')
    return `Port ${port} on ${host} needs privileges: choose a port above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine.`;
  return message;
}
