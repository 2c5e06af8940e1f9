import { pause } from '../../common/waits.js';
import { QUEUE_CALL_INTERVAL_MS } from '../../gateway/green-api.limits.js';

/** Keeps one instance's polling below GREEN-API's limit. GREEN-API: Rate limiter. */
export class RequestPace {
  private nextAt = 0;

  /** Waits until the next receive is allowed, or until `signal` fires. */
  async next(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const waitMs = this.nextAt - now;
    this.nextAt = Math.max(this.nextAt, now) + QUEUE_CALL_INTERVAL_MS;
    await pause(Math.ceil(waitMs), signal);
  }
}
