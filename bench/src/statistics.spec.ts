import { describe, expect, it } from '@jest/globals';

import { percentile, ratiosOf, spreadOf } from './statistics.js';

describe('statistics', () => {
  it('takes the median, and shows the spread', () => {
    expect(spreadOf([3, 1, 100])).toEqual({ median: 3, min: 1, max: 100 });
    expect(spreadOf([1, 2, 3, 10]).median).toBe(2.5);
  });

  it('takes percentiles between two values', () => {
    const values = Array.from({ length: 101 }, (_, index) => index);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile([10, 20], 0.75)).toBe(17.5);
  });

  it('divides what was measured in the same round', () => {
    expect(ratiosOf([10, 40, 90], [10, 20, 30])).toEqual({ median: 2, min: 1, max: 3 });
  });
});
