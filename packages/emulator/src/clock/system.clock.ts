import type { Clock, ClockTimer } from './clock.js';

/**
 * Real time. It does not jump when the clock of the machine is changed, because GREEN-API's clock
 * would not jump either. Its timers do not keep the process alive; the listening socket does.
 */
export class SystemClock implements Clock {
  now(): number {
    return Math.floor(performance.timeOrigin + performance.now());
  }

  setTimeout(callback: () => void, delayMs: number): ClockTimer {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  }
}
