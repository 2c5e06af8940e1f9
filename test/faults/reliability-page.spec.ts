import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

const ROOT = new URL('../..', import.meta.url).pathname;
const page = readFileSync(join(ROOT, 'docs/reliability.md'), 'utf8');

/** The rows of the table of promises: number of the scenario and file of its test. */
const promises = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^\d+$/.test(cells[1] ?? '') && cells[5]?.includes('`'))
  .flatMap(([, scenario = '', , , , files = '']) =>
    files.split(',').map((file) => ({ scenario, file: file.trim().replaceAll('`', '') })),
  );

describe('docs/reliability.md', () => {
  it.each(promises)(
    'names for promise $scenario a test in $file that exists',
    ({ scenario, file }) => {
      const path = join(ROOT, 'test/faults', file);
      expect(existsSync(path)).toBe(true);
      const titles = readFileSync(path, 'utf8').match(/['`][^'`\n]*\d+\. [^\n]*['`]/g) ?? [];
      const numbers = titles.flatMap((title) =>
        [...title.matchAll(/(\d+)\. /g)].map(([, no]) => no),
      );
      expect(numbers).toContain(scenario);
    },
  );

  it('speaks of every scenario, but for those that it says are not covered', () => {
    const named = new Set(promises.map(({ scenario }) => Number(scenario)));
    const all = Array.from({ length: 41 }, (_, index) => index + 1);
    expect(all.filter((scenario) => !named.has(scenario))).toEqual([39]);
  });
});
