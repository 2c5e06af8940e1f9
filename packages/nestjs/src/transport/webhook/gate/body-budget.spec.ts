import { describe, expect, it } from '@jest/globals';

import { BodyBudget } from './body-budget.js';

const MIB = 1024 * 1024;

/** Takes as much as it can get, a MiB at a time; returns how many. */
function takeAll(budget: BodyBudget, owner: string): number {
  let taken = 0;
  while (budget.reserve(owner).take(MIB)) taken += 1;
  return taken;
}

describe('BodyBudget', () => {
  it('leaves room for another owner, however much the first one takes', () => {
    const budget = new BodyBudget(5 * MIB);
    expect(takeAll(budget, 'first')).toBe(16);
    expect(takeAll(budget, 'second')).toBe(10);
    expect(budget.reserve('third').take(5 * MIB)).toBe(true);
  });

  it('gives back what was taken, once', () => {
    const budget = new BodyBudget(5 * MIB);
    const one = budget.reserve('first');
    expect(one.take(16 * MIB)).toBe(true);
    expect(budget.reserve('first').take(1)).toBe(false);
    one.release();
    one.release();
    expect(takeAll(budget, 'first')).toBe(16);
  });

  it('has room for the largest body, whatever the limit is', () => {
    expect(new BodyBudget(100 * MIB).reserve('first').take(100 * MIB)).toBe(true);
  });
});
