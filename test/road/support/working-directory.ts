import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A working directory of its own, until the test ends. */
export async function workingDirectory() {
  const before = process.cwd();
  const path = await realpath(await mkdtemp(join(tmpdir(), 'road-')));
  process.chdir(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      process.chdir(before);
      await rm(path, { recursive: true });
    },
  };
}
