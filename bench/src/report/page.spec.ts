import { describe, expect, it } from '@jest/globals';

import type { BenchResult } from '../run.bench.js';
import { fill } from './page.js';

const spread = (median: number) => ({ median, min: median - 1, max: median + 1 });

const RESULT: BenchResult = {
  isQuick: false,
  machine: { node: 'v24.0.0', platform: 'linux x64', cpus: '2 x Example' },
  takenAt: '2026-01-02T03:04:05.000Z',
  tookSeconds: 600,
  startup: {
    plainApp: { wallMs: spread(400), cpuMs: spread(500) },
    withModule: { wallMs: spread(500), cpuMs: spread(650) },
    addedWallMs: 100,
    addedCpuMs: 150,
  },
};

const PAGE = `# Figures
<!-- bench:machine -->
<!-- /bench:machine -->
Mine.
<!-- bench:startup -->old<!-- /bench:startup -->
<!-- bench:idle -->
kept
<!-- /bench:idle -->
`;

describe('the page of figures', () => {
  it('gets the tables that were measured, and keeps everything else', () => {
    const page = fill(PAGE, RESULT);
    expect(page).toContain('Taken on 2026-01-02');
    expect(page).toContain('Mine.');
    expect(page).toContain('<!-- bench:idle -->\nkept\n');
    expect(page).not.toContain('old');
    expect(page).toContain('| with this library | 500 | 499 … 501 |    650 | 649 … 651 |');
  });

  it('stays as it is when the same is written again', () => {
    const once = fill(PAGE, RESULT);
    expect(fill(once, RESULT)).toBe(once);
  });

  it('must have a place for each table', () => {
    expect(() => fill('nothing', RESULT)).toThrow('<!-- bench:machine -->');
  });
});
