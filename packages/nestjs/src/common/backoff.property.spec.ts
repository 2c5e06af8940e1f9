import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { type Backoff, backoffMs } from './backoff.js';

const backoffs: fc.Arbitrary<Backoff> = fc.record({
  initialMs: fc.double({ min: 1, max: 60_000, noNaN: true }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  maxMs: fc.double({ min: 1, max: 24 * 60 * 60 * 1000, noNaN: true }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const failures = fc.integer({ min: 1, max: 10_000 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function holds<T>(property: fc.IProperty<T>): void {
  expect(() => fc.assert(property)).not.toThrow();
}

describe('backoffMs', () => {
  it('gives whole milliseconds from 0 to maxMs, after any number of failures', () => {
    holds(
      fc.property(backoffs, failures, random, (backoff, count, dice) => {
        const waitMs = backoffMs(count, backoff, dice);
        expect(Number.isInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(Math.round(backoff.maxMs));
      }),
    );
  });

  it('never gets shorter with more failures if there is no jitter', () => {
    holds(
      fc.property(backoffs, failures, (backoff, count) => {
        const steady = { ...backoff, jitter: 0 };
        expect(backoffMs(count + 1, steady)).toBeGreaterThanOrEqual(backoffMs(count, steady));
      }),
    );
  });

  it('differs from the exact back-off by at most the jitter', () => {
    holds(
      fc.property(backoffs, failures, random, (backoff, count, dice) => {
        const exact = Math.min(backoff.maxMs, backoff.initialMs * backoff.factor ** (count - 1));
        const off = Math.abs(backoffMs(count, backoff, dice) - exact);
        expect(off).toBeLessThanOrEqual(exact * backoff.jitter + 0.5);
      }),
    );
  });
});
