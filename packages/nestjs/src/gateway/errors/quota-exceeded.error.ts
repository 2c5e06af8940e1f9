import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 466: the quota of the Developer plan is used up. GREEN-API: Common errors. */
export class QuotaExceededError extends GreenApiError {
  readonly code = 'QUOTA_EXCEEDED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the quota of the GREEN-API plan is used up', failure);
  }
}
