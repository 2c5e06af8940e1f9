import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** Thrown by a handler that will never succeed with this notification: its attempts are used up at once. */
export class Reject extends GreenNotificationsError {
  readonly code = 'REJECT';
}

/** GREEN-API drops a notification after that time, so waiting longer makes no sense. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/** Thrown by a handler that wants to run again, and not before `retryAfterMs`. It counts as an attempt. */
export class RetryAfter extends GreenNotificationsError {
  readonly code = 'RETRY_AFTER';

  /** @throws {RangeError} unless the time is from 0 to 24 hours */
  constructor(
    /** In milliseconds. */
    readonly retryAfterMs: number,
    options?: ErrorOptions,
  ) {
    super(`to be tried again after ${retryAfterMs} ms`, options);
    if (!(retryAfterMs >= 0 && retryAfterMs <= LONGEST_MS)) {
      throw new RangeError(
        `RetryAfter takes milliseconds from 0 to ${LONGEST_MS} (24 hours), not ${retryAfterMs}`,
      );
    }
  }
}

/** A handler did not finish in time. It may still be running; it is not started again until it ends. */
export class HandlerTimeoutError extends GreenNotificationsError {
  readonly code = 'HANDLER_TIMEOUT';

  constructor(handler: string, timeoutMs: number) {
    super(
      `${handler} did not finish within ${timeoutMs} ms; ` +
        'stop when the signal of the context fires, or raise handlerTimeoutMs',
    );
  }
}
