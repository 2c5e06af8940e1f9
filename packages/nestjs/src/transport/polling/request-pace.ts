import { pause } from '../../common/waits.js';

/**
 * GREEN-API allows each instance 100 `receiveNotification` and 100 `deleteNotification` per second.
 */
const SHORTEST_INTERVAL_MS = 10.5;

/** Keeps one instance's polling below GREEN-API's limit. GREEN-API: Rate limiter. */
export class RequestPace {
  private nextAt = 0;

  /** Waits until the next receive is allowed, or until `signal` fires. */
  async next(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const waitMs = this.nextAt - now;
    this.nextAt = Math.max(this.nextAt, now) + SHORTEST_INTERVAL_MS;
    await pause(Math.ceil(waitMs), signal);
  }
}
