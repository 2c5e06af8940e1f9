import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/index.js';

describe('ManualClock', () => {
  it('fires timers in the order of their due times', async () => {
    const clock = new ManualClock(0);
    const fired: [string, number][] = [];
    clock.setTimeout(() => fired.push(['late', clock.now()]), 20);
    clock.setTimeout(() => fired.push(['early', clock.now()]), 10);
    await clock.advance(25);
    expect(fired).toEqual([
      ['early', 10],
      ['late', 20],
    ]);
    expect(clock.now()).toBe(25);
  });

  it('fires timers that another timer set during the same advance', async () => {
    const clock = new ManualClock(0);
    const fired: number[] = [];
    const again = (): void => {
      fired.push(clock.now());
      void Promise.resolve().then(() => clock.setTimeout(again, 10));
    };
    clock.setTimeout(again, 10);
    await clock.advance(30);
    expect(fired).toEqual([10, 20, 30]);
  });

  it('does not fire a cancelled timer', async () => {
    const clock = new ManualClock();
    let fired = false;
    clock.setTimeout(() => (fired = true), 10).cancel();
    await clock.advance(100);
    expect(fired).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });
});
