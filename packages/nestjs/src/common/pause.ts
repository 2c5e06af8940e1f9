import { setTimeout as delay } from 'node:timers/promises';

/** A timer that is set for longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits `durationMs`, or less if `signal` fires first; resolves in both cases. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0 || signal.aborted) return;
  const timerMs = Math.min(durationMs, LONGEST_TIMER_MS);
  await delay(timerMs, undefined, { signal }).catch(() => undefined);
}
