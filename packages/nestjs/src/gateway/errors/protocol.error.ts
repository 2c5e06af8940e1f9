import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** An answer that is not what GREEN-API documents, such as an HTML page with status 200. */
export class GreenApiProtocolError extends GreenApiError {
  readonly code = 'PROTOCOL';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('the answer cannot be read', failure);
  }
}
