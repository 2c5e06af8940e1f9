// Builds each package as ES modules, and also as CommonJS if it has a tsconfig for that, and then the
// sample app.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';

const PACKAGES = ['packages/nestjs', 'packages/inbox', 'packages/emulator'];

const run = (command, ...parameters) =>
  execFileSync(command, parameters, { stdio: 'inherit', shell: process.platform === 'win32' });

for (const folder of PACKAGES) {
  console.log(`Building ${folder}`);
  rmSync(`${folder}/dist`, { recursive: true, force: true });
  run('tsc', '-p', `${folder}/tsconfig.build.json`);
  if (!existsSync(`${folder}/tsconfig.build.cjs.json`)) continue;
  run('tsc', '-p', `${folder}/tsconfig.build.cjs.json`);
  // package.json says "type": "module", so the CommonJS build needs its own type.
  writeFileSync(`${folder}/dist/cjs/package.json`, '{ "type": "commonjs" }\n');
}
// npm publishes the README and the license from the folder of the package.
copyFileSync('README.md', 'packages/nestjs/README.md');
for (const folder of PACKAGES) copyFileSync('LICENSE', `${folder}/LICENSE`);
console.log('Building sample-app');
run('nest', 'build');
