import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

const page = readFileSync('docs/architecture.md', 'utf8');
const SRC = 'packages/nestjs/src';

/** What stands in back quotes in the first column of a table. */
function firstColumn(heading: string): readonly string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name!);
}

describe('docs/architecture.md', () => {
  it('names the folders in the order that the import rules check', () => {
    const rules = readFileSync('.dependency-cruiser.cjs', 'utf8');
    const [, layers = ''] = /const LAYERS = \[([^\]]*)\]/.exec(rules) ?? [];
    const checked = [...layers.matchAll(/'(\w+)'/g)].map(([, name]) => `${name!}/`);
    const existing = checked.filter((folder) => existsSync(join(SRC, folder)));
    expect(firstColumn('Inside `packages/nestjs/src`')).toEqual(existing);
  });

  it('follows a notification through files that exist, and not many', () => {
    const files = firstColumn('The road of one notification');
    expect(files.length).toBeGreaterThan(5);
    expect(files.length).toBeLessThanOrEqual(11);
    expect(files.filter((file) => !existsSync(join(SRC, file)))).toEqual([]);
  });
});
