import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { CANARY_TOKEN } from '../../../support/canary.js';

/**
 * Runs a script of this folder in a process of its own, where memory and resources are nobody
 * else's; gives the JSON lines that it printed.
 */
export async function runProcess<Line>(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Line[]> {
  const { PATH = '' } = process.env;
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--conditions=@green-notifications/source',
      '--import',
      '@swc-node/register/esm-register',
      `test/faults/long/${script}`,
    ],
    {
      cwd: new URL('../../../..', import.meta.url),
      env: { PATH, NO_COLOR: '1', ...environment },
    },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if ((output + errors).includes(CANARY_TOKEN)) throw new Error('A token was printed');
  if (code !== 0 || errors !== '') throw new Error(`${script} ended with ${code}: ${errors}`);
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}
