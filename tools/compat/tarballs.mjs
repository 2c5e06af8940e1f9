import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { addressOf } from '../build/packed-pages.mjs';

const NAMES = ['nestjs', 'inbox', 'emulator'];
const LARGEST_KILOBYTES = 300;

/** Packs the packages, which must have been built, and checks each tarball. Returns their paths. */
export function packed(folder) {
  return Object.fromEntries(
    NAMES.map((name) => {
      const tarball = pack(name, folder);
      check(name, tarball);
      return [`@green-notifications/${name}`, tarball];
    }),
  );
}

function pack(name, folder) {
  const parameters = ['--yes', 'pnpm@12', 'pack', '--config.ignore-scripts=true', '--json'];
  const answer = execFileSync('npx', [...parameters, '--pack-destination', folder], {
    cwd: `packages/${name}`,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return path.resolve(folder, JSON.parse(answer).filename);
}

function check(name, tarball) {
  const { exports, publishConfig } = JSON.parse(
    readFileSync(`packages/${name}/package.json`, 'utf8'),
  );
  const run = (command, ...parameters) => execFileSync(command, parameters, { stdio: 'inherit' });
  if (JSON.stringify(withoutSources(exports)) !== JSON.stringify(publishConfig.exports))
    throw new Error(
      `packages/${name}/package.json: "publishConfig.exports" must be "exports" without the sources`,
    );
  run('publint', 'run', tarball, '--strict');
  // The inbox is an ES module only. Node 22.12, which it needs, loads that by `require` too.
  run('attw', tarball, '--format', 'ascii', ...(name === 'inbox' ? ['--profile', 'esm-only'] : []));
  checkReadme(name);
  const kilobytes = Math.round(statSync(tarball).size / 1000);
  console.log(`${path.basename(tarball)}: ${kilobytes} kB`);
  if (kilobytes > LARGEST_KILOBYTES)
    throw new Error(`The tarball is larger than ${LARGEST_KILOBYTES} kB`);
}

/** npm shows the README, where only addresses work, and those of this repository must exist. */
function checkReadme(name) {
  const text = readFileSync(`packages/${name}/README.md`, 'utf8');
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
    const [, file] = target.split(addressOf(''));
    if (!target.startsWith('https:') || (file !== undefined && !existsSync(file)))
      throw new Error(`packages/${name}/README.md: a reader on npm cannot follow ${target}`);
  }
}

function withoutSources(exports) {
  return JSON.parse(
    JSON.stringify(exports, (key, value) =>
      key === '@green-notifications/source' ? undefined : value,
    ),
  );
}
