/**
 * Time as the emulator sees it: queue expiry, long polls, rate limits, fault delays and the webhook
 * sender all run on it, so that a test can jump 24 hours without waiting.
 */
export interface Clock {
  /** Milliseconds since the UNIX epoch. */
  now(): number;
  /** Calls `callback` once, `delayMs` milliseconds from now, unless cancelled before. */
  setTimeout(callback: () => void, delayMs: number): ClockTimer;
}

export interface ClockTimer {
  cancel(): void;
}

/** Waits on the given clock; an aborted signal ends the wait early, without an error. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || delayMs <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.setTimeout(finish, delayMs);
    signal.addEventListener('abort', finish, { once: true });
  });
}
