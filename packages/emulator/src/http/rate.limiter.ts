import type { Clock } from '../clock/clock.js';
import type { ApiMethod } from './api.method.js';

/**
 * A token bucket for one method of one instance. It refills all the time, up to the limit of one
 * second.
 */
export class TokenBucket {
  private tokens: number;
  private filledAtMs: number;

  constructor(
    readonly perSecond: number,
    nowMs: number,
  ) {
    this.tokens = perSecond;
    this.filledAtMs = nowMs;
  }

  /** Counts one request; false if the limit is reached. */
  take(nowMs: number): boolean {
    this.refill(nowMs);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  remaining(nowMs: number): number {
    this.refill(nowMs);
    return Math.floor(this.tokens);
  }

  private refill(nowMs: number): void {
    const gained = (Math.max(0, nowMs - this.filledAtMs) * this.perSecond) / 1000;
    this.tokens = Math.min(this.perSecond, this.tokens + gained);
    this.filledAtMs = nowMs;
  }
}

/** Limits the requests of each method of each instance separately. */
export class RateLimiter {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly clock: Clock,
    private readonly enabled: boolean,
    private readonly undocumentedPerSecond: number,
  ) {}

  take(idInstance: string, method: ApiMethod): boolean {
    const allowed = this.bucket(idInstance, method).take(this.clock.now());
    return allowed || !this.enabled;
  }

  headers(idInstance: string, method: ApiMethod): Record<string, string> {
    // A bucket is kept only for an instance that exists, not for every id that a URL contains.
    const bucket = this.buckets.get(keyOf(idInstance, method));
    const remaining = bucket?.remaining(this.clock.now()) ?? this.rateOf(method);
    return {
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-replenish-rate': String(this.rateOf(method)),
    };
  }

  private rateOf({ requestsPerSecond = this.undocumentedPerSecond }: ApiMethod): number {
    return requestsPerSecond;
  }

  private bucket(idInstance: string, method: ApiMethod): TokenBucket {
    const key = keyOf(idInstance, method);
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = new TokenBucket(this.rateOf(method), this.clock.now());
      this.buckets.set(key, bucket);
    }
    return bucket;
  }
}

function keyOf(idInstance: string, method: ApiMethod): string {
  return `${idInstance}/${method.name}`;
}
