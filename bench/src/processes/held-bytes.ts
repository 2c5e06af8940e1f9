import { setTimeout as delay } from 'node:timers/promises';

const READINGS = 3;
const BETWEEN_READINGS_MS = 60;

/**
 * What this process holds: used heap and external memory, the least of several readings after a
 * full garbage collection. Needs `--expose-gc`.
 */
export async function heldBytes(): Promise<{ heldBytes: number; residentBytes: number }> {
  let least = Infinity;
  for (let reading = 0; reading < READINGS; reading += 1) {
    globalThis.gc?.();
    await delay(BETWEEN_READINGS_MS);
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return { heldBytes: least, residentBytes: process.memoryUsage.rss() };
}
