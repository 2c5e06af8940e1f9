import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** No complete answer: DNS, connection, TLS, time-out, or a connection cut in the middle. */
export class GreenApiNetworkError extends GreenApiError {
  readonly code = 'NETWORK';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('GREEN-API could not be reached or did not answer in time', failure);
  }
}
