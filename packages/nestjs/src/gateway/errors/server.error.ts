import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 5xx (and 408, 425, 499): GREEN-API or its proxy failed. GREEN-API: Common errors. */
export class GreenApiServerError extends GreenApiError {
  readonly code = 'SERVER';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('GREEN-API has an error of its own; it will be tried again', failure);
  }
}
