import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 400: the instance starts or restarts, for instance after `setSettings`. GREEN-API: Common errors. */
export class InstanceStartingError extends GreenApiError {
  readonly code = 'INSTANCE_STARTING';
  readonly recovery = 'backoff';

  constructor(failure: GreenApiFailure) {
    super('the instance is starting; it will be tried again', failure);
  }
}
