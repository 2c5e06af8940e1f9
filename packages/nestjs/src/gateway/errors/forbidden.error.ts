import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 403: `idInstance` and `apiUrl` do not belong together. GREEN-API: Common errors. */
export class GreenApiForbiddenError extends GreenApiError {
  readonly code = 'FORBIDDEN';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super(
      'the host does not know this instance; check idInstance and apiUrl in the GREEN-API console',
      failure,
    );
  }
}
