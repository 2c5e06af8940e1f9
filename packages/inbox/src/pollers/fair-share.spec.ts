import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type FairShare, fairShareOf, type PollerView } from './fair-share.js';

const ALONE = { known: 20, free: 20, mine: 0, others: [] };
const other = (holds: number, askable = holds) => ({ holds, askable });

describe('fairShareOf', () => {
  it.each<[string, PollerView, Pick<FairShare, 'take' | 'ask'>]>([
    ['alone, takes all', ALONE, { take: 20, ask: 0 }],
    ['takes its share and leaves the rest', { ...ALONE, others: [other(0)] }, { take: 10, ask: 0 }],
    ['takes the larger share', { ...ALONE, others: [other(0), other(0)] }, { take: 7, ask: 0 }],
    ['asks for its share', { ...ALONE, free: 0, others: [other(20)] }, { take: 0, ask: 10 }],
    [
      'asks only for what it knows',
      { ...ALONE, free: 0, others: [other(20, 3)] },
      { take: 0, ask: 3 },
    ],
    [
      'asks nobody to go below the share',
      { ...ALONE, free: 0, others: [other(10), other(4)] },
      { take: 0, ask: 4 },
    ],
    [
      'is content with one less',
      { ...ALONE, free: 0, mine: 6, others: [other(7), other(7)] },
      { take: 0, ask: 0 },
    ],
    [
      'asks for one of two more',
      { ...ALONE, free: 0, mine: 6, others: [other(8), other(6)] },
      { take: 0, ask: 1 },
    ],
    ['has enough', { ...ALONE, free: 2, mine: 10, others: [other(8)] }, { take: 0, ask: 0 }],
  ])('%s', (_, view, expected) => {
    expect(fairShareOf(view, false)).toMatchObject(expected);
  });

  it('takes what is left over although it has enough', () => {
    const view = { known: 20, free: 2, mine: 10, others: [other(8)] };
    expect(fairShareOf(view, true)).toMatchObject({ take: 2 });
  });

  it('ends with equal shares, whoever begins and whatever each has', () => {
    const counts = fc.array(fc.nat(200), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(counts, fc.nat(200), (given, free) => {
        const all = given.reduce((sum, count) => sum + count, free);
        const held = [...given];
        let left = free;
        for (let turn = 0; turn < 4 * held.length + 4; turn += 1) {
          const me = turn % held.length;
          const others = held.filter((_, index) => index !== me);
          const view = {
            known: all,
            free: left,
            mine: held[me]!,
            others: others.map((n) => other(n)),
          };
          const { take, ask, keep } = fairShareOf(view, false);
          left -= take;
          held[me]! += take + ask;
          for (let asked = 0; asked < ask; asked += 1) {
            const most = Math.max(...held.map((count, index) => (index === me ? 0 : count)));
            expect(most).toBeGreaterThan(keep);
            held[held.findIndex((count, index) => index !== me && count === most)]! -= 1;
          }
        }
        expect(left).toBe(0);
        expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
