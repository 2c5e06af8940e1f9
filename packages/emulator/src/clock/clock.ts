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
