import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 429: more calls than the method's limit allows. GREEN-API: Rate limiter. */
export class RateLimitedError extends GreenApiError {
  readonly code = 'RATE_LIMITED';
  readonly recovery = 'backoff';

  constructor(
    failure: GreenApiFailure,
    /** How long GREEN-API asked to wait, in milliseconds, if it said so. */
    readonly retryAfterMs: number | undefined,
  ) {
    super('too many requests', failure);
  }
}
