import type { Clock } from '../clock/clock.js';
import type { ApiMethod } from './api.method.js';
import { TokenBucket } from './token.bucket.js';

/** Limits each method of each instance on its own. */
export class RateLimiter {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(
    private readonly clock: Clock,
    private readonly enabled: boolean,
  ) {}

  take(idInstance: string, method: ApiMethod): boolean {
    const allowed = this.bucket(idInstance, method).take(this.clock.now());
    return allowed || !this.enabled;
  }

  headers(idInstance: string, method: ApiMethod): Record<string, string> {
    const bucket = this.bucket(idInstance, method);
    return {
      'x-ratelimit-remaining': String(bucket.remaining(this.clock.now())),
      'x-ratelimit-replenish-rate': String(bucket.perSecond),
    };
  }

  private bucket(idInstance: string, method: ApiMethod): TokenBucket {
    const key = `${idInstance}/${method.name}`;
    let bucket = this.buckets.get(key);
    if (!bucket) {
      bucket = new TokenBucket(method.requestsPerSecond, this.clock.now());
      this.buckets.set(key, bucket);
    }
    return bucket;
  }
}
