import { setTimeout as delay } from 'node:timers/promises';

import { undiciCalls } from './bare-undici.js';
import { loops } from './loop.by-hand.js';

/** GREEN-API allows 100 receives a second; half a millisecond is for clocks that differ. */
const RECEIVE_INTERVAL_MS = 10.5;

/** Waits until the next receive of one instance is allowed. */
function pace(): () => Promise<void> {
  let nextAtMs = 0;
  return async () => {
    const nowMs = performance.now();
    const waitMs = nextAtMs - nowMs;
    nextAtMs = Math.max(nextAtMs, nowMs) + RECEIVE_INTERVAL_MS;
    if (waitMs > 0) await delay(Math.ceil(waitMs));
  };
}

export const startReceiving = loops(undiciCalls, pace);
