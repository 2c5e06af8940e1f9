// Builds each package as ES modules, and also as CommonJS if it has a tsconfig for that, and then the
// sample app. With folders as arguments, builds only these.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

import { keepReachableTypes } from './build/reachable-types.mjs';
import { packedPages } from './build/packed-pages.mjs';

const PACKAGES = ['packages/nestjs', 'packages/inbox', 'packages/emulator'];
const asked = process.argv.slice(2);

const run = (command, ...parameters) =>
  execFileSync(command, parameters, { stdio: 'inherit', shell: process.platform === 'win32' });

for (const folder of asked.length > 0 ? asked : PACKAGES) {
  console.log(`Building ${folder}`);
  rmSync(`${folder}/dist`, { recursive: true, force: true });
  run('tsc', '-p', `${folder}/tsconfig.build.json`);
  if (existsSync(`${folder}/tsconfig.build.cjs.json`)) {
    run('tsc', '-p', `${folder}/tsconfig.build.cjs.json`);
    // package.json says "type": "module", so the CommonJS build needs its own type.
    writeFileSync(`${folder}/dist/cjs/package.json`, '{ "type": "commonjs" }\n');
  }
  if (existsSync(`${folder}/tsconfig.build.types.json`)) {
    run('tsc', '-p', `${folder}/tsconfig.build.types.json`);
    keepReachableTypes(folder);
  }
  // npm publishes the license from the folder of the package.
  copyFileSync('LICENSE', `${folder}/LICENSE`);
}
if (asked.length === 0 || asked.includes('packages/nestjs')) {
  // The Nest CLI reads them; the compiler does not copy them.
  cpSync('packages/nestjs/src/schematics', 'packages/nestjs/dist/cjs/schematics', {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
  rmSync('packages/nestjs/docs', { recursive: true, force: true });
  mkdirSync('packages/nestjs/docs');
  for (const { file, text } of packedPages()) writeFileSync(`packages/nestjs/${file}`, text);
}
if (asked.length === 0) {
  console.log('Building sample-app');
  run('nest', 'build');
}
