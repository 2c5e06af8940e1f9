import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** Thrown by a handler that wants to run again, and not before `retryAfterMs`. It counts as an attempt. */
export class RetryAfter extends GreenNotificationsError {
  readonly code = 'RETRY_AFTER';

  constructor(
    /** In milliseconds. */
    readonly retryAfterMs: number,
    options?: ErrorOptions,
  ) {
    super(`to be tried again after ${retryAfterMs} ms`, options);
  }
}
