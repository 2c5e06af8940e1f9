import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

import { type Deadline, Deadlines } from './deadlines.js';

const NOTHING = { expire: () => {} };

describe('Deadlines', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('expires each in its time, and none that was removed', () => {
    const step = fc.record({
      afterMs: fc.integer({ min: 1, max: 50 }),
      isRemoved: fc.boolean(),
      passesMs: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const deadlines = new Deadlines();
        const expired = new Map<number, number>();
        const expected = new Map<number, number>();
        const startMs = performance.now();
        const added: Deadline[] = [];
        for (const [number, { afterMs, isRemoved, passesMs }] of steps.entries()) {
          const nowMs = performance.now() - startMs;
          added.push(
            deadlines.add(afterMs, {
              expire: () => expired.set(number, performance.now() - startMs),
            }),
          );
          if (!isRemoved) expected.set(number, nowMs + afterMs);
          if (isRemoved) deadlines.remove(added[number]!);
          jest.advanceTimersByTime(passesMs);
        }
        jest.advanceTimersByTime(100);
        expect([...expired].toSorted(([a], [b]) => a - b)).toEqual([...expected]);
        expect(jest.getTimerCount()).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has one timer, however many deadlines there are', () => {
    const deadlines = new Deadlines();
    for (let number = 0; number < 1000; number += 1) deadlines.add(1000 + number, NOTHING);
    expect(jest.getTimerCount()).toBe(1);
  });

  it('keeps the process alive only while a deadline is pending', () => {
    const deadlines = new Deadlines();
    const setTimer = jest.spyOn(globalThis, 'setTimeout');
    const deadline = deadlines.add(10, NOTHING);
    const timer = setTimer.mock.results[0]!.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(true);
    deadlines.remove(deadline);
    expect(timer.hasRef()).toBe(false);
    deadlines.add(20, NOTHING);
    expect(timer.hasRef()).toBe(true);
  });
});
