import type { Cancellation } from '../../common/cancellation.js';
import { QUEUE_CALL_INTERVAL_MS } from '../../gateway/green-api.limits.js';

/** Keeps one instance's polling below GREEN-API's limit. GREEN-API: Rate limiter. */
export class RequestPace {
  private nextAt = 0;

  /**
   * Resolves when the next receive is allowed, or `stopping` is aborted. Undefined if it is allowed
   * now.
   */
  next(stopping: Cancellation): Promise<void> | undefined {
    const now = performance.now();
    const waitMs = this.nextAt - now;
    this.nextAt = Math.max(this.nextAt, now) + QUEUE_CALL_INTERVAL_MS;
    return waitMs > 0 ? stopping.pause(Math.ceil(waitMs)) : undefined;
  }
}
