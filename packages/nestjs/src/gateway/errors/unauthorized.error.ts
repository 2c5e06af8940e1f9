import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 401: `apiTokenInstance` is wrong. GREEN-API: Common errors. */
export class GreenApiUnauthorizedError extends GreenApiError {
  readonly code = 'UNAUTHORIZED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('the token is not accepted; check apiTokenInstance in the GREEN-API console', failure);
  }
}
