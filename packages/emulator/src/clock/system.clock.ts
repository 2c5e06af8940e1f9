import type { Clock, ClockTimer } from './clock.js';

/** Real time. Its timers never keep a process alive: the listening socket does. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  setTimeout(callback: () => void, delayMs: number): ClockTimer {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  }
}
