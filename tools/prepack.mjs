// Before a package is packed: builds it. Only pnpm may pack it, because npm would leave "workspace:"
// and "catalog:" in its dependencies, and paths of the sources in its exports.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

if (!process.env.npm_config_user_agent?.startsWith('pnpm/')) {
  console.error('Pack this package with "npx pnpm@12 pack": only pnpm rewrites its package.json.');
  process.exit(1);
}
const root = path.resolve(import.meta.dirname, '..');
const folder = path.relative(root, process.cwd()).replaceAll(path.sep, '/');
execFileSync('node', ['tools/build.mjs', folder], {
  cwd: root,
  // pnpm writes what `pack --json` says to standard output.
  stdio: ['ignore', process.stderr, 'inherit'],
  env: {
    ...process.env,
    PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  },
});
