import { LRUCache } from 'lru-cache';

import type { NotificationHandler } from './notification.handler.js';

/** How far the handlers have come with one notification, over all its deliveries. */
export interface DeliveryProgress {
  readonly succeeded: Set<NotificationHandler>;
  readonly attempts: Map<NotificationHandler, number>;
}

const MOST_NOTIFICATIONS = 10_000;
/** GREEN-API drops a notification after 24 h. */
const LONGEST_MS = 25 * 60 * 60 * 1000;

/**
 * Remembers, for each notification that is not done with, which handlers succeeded and how often
 * the others tried, so that a later delivery runs only those that failed.
 */
export class DeliveryProgressStore {
  private readonly byKey = new LRUCache<string, DeliveryProgress>({
    max: MOST_NOTIFICATIONS,
    ttl: LONGEST_MS,
  });

  of(key: string): DeliveryProgress {
    const known = this.byKey.get(key);
    if (known) return known;
    const progress: DeliveryProgress = { succeeded: new Set(), attempts: new Map() };
    this.byKey.set(key, progress);
    return progress;
  }

  forget(key: string): void {
    this.byKey.delete(key);
  }
}
