import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Project {
  readonly folder: string;
  /** Written by each build. */
  readonly output: string;
}

const PROJECTS: readonly Project[] = [
  { folder: 'packages/nestjs', output: 'dist/esm/index.js' },
  { folder: 'packages/inbox', output: 'dist/esm/index.js' },
  { folder: 'bench', output: 'dist/gateway/gateway.main.js' },
];

const run = promisify(execFile);
const TYPESCRIPT = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/**
 * Compiles the library as it is published, and the programs of the bench, so that the children run
 * plain JavaScript. Types are checked elsewhere.
 */
export async function build(): Promise<void> {
  const stale = PROJECTS.filter((project) => !isFresh(project));
  await Promise.all(
    stale.map(({ folder }) => {
      const project = join(folder, 'tsconfig.build.json');
      return run(process.execPath, [TYPESCRIPT, '-p', project, '--noCheck']);
    }),
  );
}

/** Whether the output is younger than every source. */
function isFresh({ folder, output }: Project): boolean {
  const builtAtMs = changedAtMs(join(folder, output));
  const sources = readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true });
  return sources.every(({ parentPath, name }) => changedAtMs(join(parentPath, name)) < builtAtMs);
}

function changedAtMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
