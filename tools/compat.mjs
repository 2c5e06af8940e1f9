// Packs the packages, checks the tarballs, and lets an application that was installed from them
// receive and answer on each stack of test/compat/rows.mjs. Needs a build.
//
//   --quick          the oldest and the newest stack only
//   --ci             the stacks that CI has time for
//   --row <name>     one stack; may be repeated
//   --keep           leaves the directories, and names them
//   --update         writes the rows into docs/compatibility.md
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ROWS } from '../test/compat/rows.mjs';
import { writeProject } from './compat/project.mjs';
import { isTableTrue } from './compat/table.mjs';
import { packed } from './compat/tarballs.mjs';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    ci: { type: 'boolean' },
    row: { type: 'string', multiple: true },
    keep: { type: 'boolean' },
    update: { type: 'boolean' },
  },
});

if (!(await isTableTrue(ROWS, flags.update)))
  throw new Error('docs/compatibility.md has other rows: run "npx pnpm@12 compat --update"');
// Outside the repository, so that nothing is found in its node_modules.
const folder = mkdtempSync(path.join(tmpdir(), 'green-notifications-compat-'));
const failed = [];
try {
  const tarballs = packed(folder);
  for (const row of asked()) {
    const startedAtMs = Date.now();
    try {
      runRow(row, tarballs);
    } catch (error) {
      failed.push(row.name);
      console.error(`${row.name}: ${error.message}`);
    }
    console.log(`${row.name}: ${Math.round((Date.now() - startedAtMs) / 1000)} s`);
  }
} finally {
  if (flags.keep) console.log(`The directories are in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(failed.length === 0 ? 'Every row works.' : `Failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function asked() {
  if (flags.row) return ROWS.filter(({ name }) => flags.row.includes(name));
  return ROWS.filter(({ isQuick, inCI }) => (isQuick || !flags.quick) && (inCI || !flags.ci));
}

function runRow(row, tarballs) {
  const cwd = path.join(folder, row.name);
  mkdirSync(cwd);
  writeProject(row, cwd, tarballs);
  const { command: runtime, bin } = runtimeOf(row);
  const run = (command, ...parameters) => {
    console.log(`${row.name}: ${[command, ...parameters].join(' ')}`);
    execFileSync(command, parameters, { cwd, env: environment(bin), stdio: 'inherit' });
  };
  npm(cwd, 'install', '--ignore-scripts');
  // The application has the module already: this tries whether the Nest CLI can load the schematic.
  if (row.build.startsWith('nest'))
    run('nest', 'add', '@green-notifications/nestjs', '--skip-install', '--transport=polling');
  run('tsc', '--noEmit');
  const [command, ...parameters] = row.build.split(' ');
  run(command, ...parameters, ...(command === 'tsc' ? ['-p', 'tsconfig.build.json'] : []));
  run(runtime, 'run-built.mjs');
  run(runtime, 'one-copy.cjs');
  if (row.test === 'Vitest') run('vitest', 'run');
  if (row.test === 'Jest')
    run('node', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js');
}

/** Installs Node or Bun from the registry; checks that it is the one that will run. */
function runtimeOf({ runtime }) {
  const [kind, version] = runtime.toLowerCase().split(' ');
  const platform = `${process.platform}-${process.arch}`;
  const name = kind === 'bun' ? `@oven/bun-${platform}` : `node-${platform}`;
  const home = path.join(folder, `${kind}-${version}`);
  mkdirSync(home, { recursive: true });
  npm(home, 'install', `${name}@${version}`);
  const bin = path.join(home, 'node_modules', name, 'bin');
  const found = execFileSync(kind, ['--version'], { env: environment(bin), encoding: 'utf8' });
  if (!`${found.trim().replace('v', '')}.`.startsWith(`${version}.`))
    throw new Error(`${runtime} is wanted, but ${found.trim()} runs`);
  return { command: kind, bin };
}

function npm(cwd, ...parameters) {
  const always = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', [...parameters, ...always], { cwd, env: environment(), stdio: 'inherit' });
}

/** Without what this repository and its pnpm add. */
function environment(...bins) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|node_options$|node_path$)/i.test(name),
  );
  const paths = process.env.PATH.split(path.delimiter).filter(
    (directory) => !directory.startsWith(process.cwd()),
  );
  const PATH = [...bins, 'node_modules/.bin', ...paths].join(path.delimiter);
  return { ...Object.fromEntries(inherited), PATH };
}
