import type { Clock, ClockTimer } from './clock.js';

/**
 * Real time, which goes on evenly when somebody sets the machine's clock: GREEN-API's does not jump
 * with that of the application. Its timers never keep a process alive: the listening socket does.
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
