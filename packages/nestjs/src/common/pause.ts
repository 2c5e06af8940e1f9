import { setTimeout as delay } from 'node:timers/promises';

/** Waits `durationMs`, or less if `signal` fires first; resolves in both cases. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (durationMs <= 0 || signal.aborted) return;
  await delay(durationMs, undefined, { signal }).catch(() => undefined);
}
