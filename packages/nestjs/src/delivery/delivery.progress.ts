import { LRUCache } from 'lru-cache';

import type { NotificationHandler } from './notification.handler.js';

/** How far one handler has come with one notification, over all deliveries of it. */
export interface HandlerProgress {
  attempts: number;
  state: 'pending' | 'succeeded' | 'given-up';
  /** Monotonic time in milliseconds, as of `performance.now()`. */
  notBeforeMs: number;
  /** What the last attempt failed with. */
  error: unknown;
}

/** How far the handlers have come with one notification. */
export class DeliveryProgress {
  readonly firstAt = new Date();
  private readonly handlers = new Map<NotificationHandler, HandlerProgress>();

  of(handler: NotificationHandler): HandlerProgress {
    const known = this.handlers.get(handler);
    if (known) return known;
    const progress: HandlerProgress = {
      attempts: 0,
      state: 'pending',
      notBeforeMs: 0,
      error: undefined,
    };
    this.handlers.set(handler, progress);
    return progress;
  }
}

const MOST_NOTIFICATIONS = 10_000;
/** GREEN-API drops a notification after 24 h. */
const LONGEST_MS = 25 * 60 * 60 * 1000;

/**
 * Remembers the progress of every notification that is not done with, so that a later delivery runs
 * only the handlers that failed.
 */
export class DeliveryProgressStore {
  private readonly byKey = new LRUCache<string, DeliveryProgress>({
    max: MOST_NOTIFICATIONS,
    ttl: LONGEST_MS,
  });

  of(key: string): DeliveryProgress {
    const progress = this.byKey.get(key) ?? new DeliveryProgress();
    this.byKey.set(key, progress);
    return progress;
  }

  forget(key: string): void {
    this.byKey.delete(key);
  }
}
