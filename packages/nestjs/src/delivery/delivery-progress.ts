import { randomUUID } from 'node:crypto';

import { FairCache } from '../common/fair-cache.js';
import { REMEMBERED_MS } from '../gateway/green-api.limits.js';
import { instanceOfKey } from '../notification/notification-key.js';
import type { RememberedResults } from './remembered-results.js';

/** The progress of one handler with one notification, over all deliveries of the notification. */
export interface HandlerProgress {
  /**
   * Whether its conditions matched once. From then on it has to handle the notification, until it
   * succeeds or gives up, even if the conditions no longer match.
   */
  hasMatched: boolean;
  attempts: number;
  state: 'pending' | 'succeeded' | 'given-up';
  /** When it has to run again: monotonic time in milliseconds, as from `performance.now()`. */
  dueAtMs: number;
  /** How much earlier than `dueAtMs` it may run, in milliseconds. */
  toleranceMs: number;
  /** The error of the last attempt. */
  error: unknown;
  /** What it did and must not do again. Undefined if there is nothing. */
  remembered: RememberedResults | undefined;
}

/** The progress of all handlers, by their names, with one notification. */
export class DeliveryProgress {
  /** Whether the attempts of a handler are used up, and the dead letter could not be stored. */
  isStuck = false;
  private readonly byHandler = new Map<string, HandlerProgress>();
  private ownNonce: string | undefined;

  constructor(readonly firstAt = new Date()) {}

  /** Distinguishes the notification from another one with an equal body. */
  get nonce(): string {
    this.ownNonce ??= randomUUID();
    return this.ownNonce;
  }

  set nonce(nonce: string) {
    this.ownNonce = nonce;
  }

  get handlers(): ReadonlyMap<string, HandlerProgress> {
    return this.byHandler;
  }

  /**
   * Lets handlers start over. It does not forget which of them matched.
   *
   * @param keepsAttempts true: failed handlers keep their attempt count; only succeeded ones start
   * over
   */
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
  return {
    attempts: 0,
    state: 'pending',
    dueAtMs: 0,
    toleranceMs: 0,
    error: undefined,
    remembered: undefined,
  };
}

/**
 * Keeps the progress of every notification that is not done yet, by its key. So a later delivery
 * runs only the handlers that have not succeeded. If a method fails during a delivery, the
 * notification is not acknowledged and arrives again.
 */
export abstract class ProgressStore {
  /** Returns what was saved under this key, or undefined. */
  abstract find(key: string): DeliveryProgress | undefined | Promise<DeliveryProgress | undefined>;

  /** Stores the progress, or replaces what was saved under this key. */
  abstract save(key: string, progress: DeliveryProgress): void | Promise<void>;

  /** Deletes what was saved under this key. Does nothing if there is nothing. */
  abstract forget(key: string): void | Promise<void>;
}

const MOST_NOTIFICATIONS = 10_000;

/** Keeps progress in memory: it is lost when the process ends. */
export class InMemoryProgressStore extends ProgressStore {
  private readonly cache = new FairCache<{
    readonly progress: DeliveryProgress;
    readonly expiresAtMs: number;
  }>(MOST_NOTIFICATIONS);

  find(key: string): DeliveryProgress | undefined {
    // Usually nothing has failed.
    if (this.cache.size === 0) return undefined;
    const found = this.cache.get(instanceOfKey(key), key);
    return found && performance.now() < found.expiresAtMs ? found.progress : undefined;
  }

  save(key: string, progress: DeliveryProgress): void {
    const expiresAtMs = performance.now() + REMEMBERED_MS;
    this.cache.set(instanceOfKey(key), key, { progress, expiresAtMs });
  }

  forget(key: string): void {
    this.cache.delete(instanceOfKey(key), key);
  }
}
