import type { Clock } from '../clock/clock.js';
import type { NotificationQueue } from '../queue/notification.queue.js';

const CLEAR_INTERVAL_MS = 60_000;

/** The data behind `getWebhooksCount` and `clearWebhooksQueue`. */
export class QueueReport {
  private counted: { value: number; atMs: number } | undefined;
  private clearedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly queue: NotificationQueue,
    private readonly clock: Clock,
    private readonly refreshMs: number,
  ) {}

  count(): number {
    const now = this.clock.now();
    if (!this.counted || now - this.counted.atMs >= this.refreshMs) {
      this.counted = { value: this.queue.length, atMs: now };
    }
    return this.counted.value;
  }

  /** Clears the queue and returns 0, or returns the seconds until it can be cleared again. */
  clear(): number {
    const leftMs = this.clearedAtMs + CLEAR_INTERVAL_MS - this.clock.now();
    if (leftMs > 0) return Math.ceil(leftMs / 1000);
    this.clearedAtMs = this.clock.now();
    this.queue.clear();
    return 0;
  }
}
