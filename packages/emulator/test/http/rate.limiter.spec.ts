import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from '../../src/http/rate.limiter.js';

describe('TokenBucket', () => {
  it('allows the requests of one second at once, and no more', () => {
    const bucket = new TokenBucket(50, 0);
    const taken = Array.from({ length: 51 }, () => bucket.take(0));
    expect(taken.filter(Boolean)).toHaveLength(50);
    expect(taken.at(-1)).toBe(false);
  });

  it.each([
    [0, 0],
    [19, 0],
    [20, 1],
    [500, 25],
    [1_000, 50],
    [60_000, 50],
  ])('has refilled after %d ms to %d of 50', (elapsedMs, remaining) => {
    const bucket = new TokenBucket(50, 0);
    while (bucket.take(0));
    expect(bucket.remaining(elapsedMs)).toBe(remaining);
  });

  it('does not refill when the clock goes back', () => {
    const bucket = new TokenBucket(1, 10_000);
    bucket.take(10_000);
    expect(bucket.take(5_000)).toBe(false);
  });
});
