import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** Any other HTTP 4xx: the request itself is wrong. GREEN-API: Common errors. */
export class GreenApiRequestRefusedError extends GreenApiError {
  readonly code = 'REQUEST_REFUSED';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super('GREEN-API refused the request', failure);
  }
}
