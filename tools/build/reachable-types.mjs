import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const RELATIVE_IMPORT = /(?:from |import\()['"](\.[^'"]+)\.js['"]/g;

/**
 * Leaves the declarations that an entry of the package leads to, in `dist/cjs`, and makes those of
 * `dist/esm` name them: one set of types for both builds. With two sets, TypeScript would take a
 * class of the one for another class than that of the other.
 */
export function keepReachableTypes(folder) {
  const { exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const entries = Object.values(exports).filter((entry) => typeof entry !== 'string');
  const reachable = new Set();
  const visit = (file) => {
    if (reachable.has(file)) return;
    reachable.add(file);
    for (const [, target] of readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT))
      visit(path.join(path.dirname(file), `${target}.d.ts`));
  };
  for (const entry of entries) visit(path.join(folder, entry.require.types));
  for (const name of readdirSync(`${folder}/dist/cjs`, { recursive: true })) {
    const file = path.join(folder, 'dist/cjs', name);
    if (file.endsWith('.d.ts') && !reachable.has(file)) rmSync(file);
  }
  for (const entry of entries) {
    const [from, to] = [entry.import.types, entry.require.types];
    const target = path.posix.relative(path.posix.dirname(from), to).replace(/\.d\.ts$/, '.js');
    writeFileSync(path.join(folder, from), `export * from '${target}';\n`);
  }
}
