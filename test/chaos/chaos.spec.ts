import { describe, expect, it } from '@jest/globals';

import { describeReport, hasProblems } from './chaos.report.js';
import { runChaos } from './run.chaos.js';

describe('chaos', () => {
  it('loses nothing in a short run; `pnpm chaos` makes long ones', async () => {
    const report = await runChaos({ seed: 20_261, count: 600, instances: 8 });
    const text = describeReport(report);
    expect(hasProblems(report) ? text : '').toBe('');
    expect(text).toContain('Nothing lost');
    expect(report.restarts).toBeGreaterThan(0);
    expect(report.lifecycleCalls).toBeGreaterThan(0);
    expect(report.dropped).toBeGreaterThan(0);
    expect(Object.values(report.faultsFired).some((fired) => fired > 0)).toBe(true);
  }, 90_000);

  it('prints the seed and what was lost when something was', () => {
    const report = {
      seed: 7,
      issued: 10,
      instances: 2,
      ideas: ['dropping' as const],
      seconds: 1,
      restarts: 0,
      lifecycleCalls: 0,
      faultsFired: { reset: 1 },
      dropped: 0,
      deadLetters: 0,
      repeatedAfterRestart: 0,
      problems: {
        lost: ['the lost one'],
        waiting: [],
        overtaken: [],
        repeated: [],
        stale: [],
        tokensPrinted: 0,
        unhandled: [],
        refused: [],
      },
    };
    expect(hasProblems(report)).toBe(true);
    expect(describeReport(report)).toMatch(/FAILED.*--seed 7 --count 10[\s\S]*the lost one/);
  });
});
