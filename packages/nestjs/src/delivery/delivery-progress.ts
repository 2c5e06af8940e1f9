import { randomUUID } from 'node:crypto';

import { LRUCache } from 'lru-cache';

/** How far one handler has come with one notification, over all deliveries of it. */
export interface HandlerProgress {
  /**
   * Whether its conditions held once. Then it stays due until it succeeds or gives up, whatever they
   * say later.
   */
  hasMatched: boolean;
  attempts: number;
  state: 'pending' | 'succeeded' | 'given-up';
  /** When it is to run again; monotonic time in milliseconds, as of `performance.now()`. */
  dueAtMs: number;
  /** How much earlier than that it may run. */
  toleranceMs: number;
  /** What the last attempt failed with. */
  error: unknown;
}

/** How far the handlers, each known by its name, have come with one notification. */
export class DeliveryProgress {
  /** Tells it from another notification that looks the same. */
  nonce = randomUUID();
  /** Whether its attempts are used up and it could not be stored. */
  isStuck = false;
  private readonly byHandler = new Map<string, HandlerProgress>();

  constructor(readonly firstAt = new Date()) {}

  get handlers(): ReadonlyMap<string, HandlerProgress> {
    return this.byHandler;
  }

  /** Forgets what the handlers succeeded with, though not which of them matched. */
  restart(keepsAttempts: boolean): void {
    this.nonce = randomUUID();
    this.isStuck = false;
    for (const progress of this.byHandler.values()) {
      const hasFailed = progress.state !== 'succeeded';
      if (!keepsAttempts || !hasFailed) Object.assign(progress, notBegun());
    }
  }

  find(handler: string): HandlerProgress | undefined {
    return this.byHandler.get(handler);
  }

  of(handler: string): HandlerProgress {
    const known = this.byHandler.get(handler);
    if (known) return known;
    const progress = { hasMatched: false, ...notBegun() };
    this.byHandler.set(handler, progress);
    return progress;
  }

  forget(handler: string): void {
    this.byHandler.delete(handler);
  }
}

function notBegun(): Omit<HandlerProgress, 'hasMatched'> {
  return { attempts: 0, state: 'pending', dueAtMs: 0, toleranceMs: 0, error: undefined };
}

/**
 * Keeps the progress of every notification that is not done with, by its key, so that a later
 * delivery runs only the handlers that failed.
 */
export abstract class ProgressStore {
  abstract find(key: string): DeliveryProgress | undefined | Promise<DeliveryProgress | undefined>;

  abstract save(key: string, progress: DeliveryProgress): void | Promise<void>;

  abstract forget(key: string): void | Promise<void>;
}

const MOST_NOTIFICATIONS = 10_000;
/** GREEN-API drops a notification after 24 h. */
const LONGEST_MS = 25 * 60 * 60 * 1000;

/** For one process: a new one begins anew. */
export class InMemoryProgressStore extends ProgressStore {
  private readonly byKey = new LRUCache<string, DeliveryProgress>({
    max: MOST_NOTIFICATIONS,
    ttl: LONGEST_MS,
  });

  find(key: string): DeliveryProgress | undefined {
    return this.byKey.get(key);
  }

  save(key: string, progress: DeliveryProgress): void {
    this.byKey.set(key, progress);
  }

  forget(key: string): void {
    this.byKey.delete(key);
  }
}
