import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 400: no messenger account is linked to the instance. GREEN-API: Common errors. */
export class InstanceNotAuthorizedError extends GreenApiError {
  readonly code = 'INSTANCE_NOT_AUTHORIZED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the instance is not authorized; link the account in the GREEN-API console', failure);
  }
}
