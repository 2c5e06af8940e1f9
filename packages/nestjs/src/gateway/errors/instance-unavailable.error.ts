import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 400: the instance is deleted or expired. GREEN-API: Common errors. */
export class InstanceUnavailableError extends GreenApiError {
  readonly code = 'INSTANCE_UNAVAILABLE';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the instance is deleted or not paid for; renew it in the GREEN-API console', failure);
  }
}
