import { setTimeout as delay } from 'node:timers/promises';

/** How long to ask what became of a transaction whose commit was not answered. */
const LONGEST_DOUBT_MS = 20_000;
const DOUBT_POLL_MS = 500;

/** Asks a store again and again until it answers. Rejects with its last error after a while. */
export async function askUntilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  const startedAtMs = performance.now();
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() - startedAtMs > LONGEST_DOUBT_MS) throw error;
      await delay(DOUBT_POLL_MS);
    }
  }
}
