import { GreenNotificationsError } from '../common/green-notifications.error.js';
import { RETENTION_MS } from '../gateway/green-api.limits.js';

/** Throw it in a handler that can never handle this notification: the handler gives up at once. */
export class Reject extends GreenNotificationsError {
  readonly code = 'REJECT';
}

/**
 * Throw it in a handler to run again, but not before `retryAfterMs`. The run counts as an attempt.
 */
export class RetryAfter extends GreenNotificationsError {
  readonly code = 'RETRY_AFTER';

  /** @throws {RangeError} unless the time is from 0 to 24 hours */
  constructor(
    /** The shortest wait, in milliseconds, from 0 to 24 hours. */
    readonly retryAfterMs: number,
    options?: ErrorOptions,
  ) {
    super(`retry after ${retryAfterMs} ms`, options);
    if (!(retryAfterMs >= 0 && retryAfterMs <= RETENTION_MS)) {
      throw new RangeError(
        `RetryAfter takes milliseconds from 0 to ${RETENTION_MS} (24 hours), not ${retryAfterMs}`,
      );
    }
  }
}

/** An attempt began, and nobody knows how it ended: its process ended, or hung for too long. */
export class HandlerLostError extends GreenNotificationsError {
  readonly code = 'HANDLER_LOST';

  constructor(lostAttempts: number) {
    super(
      `its process ended or hung ${lostAttempts === 1 ? 'once' : `${lostAttempts} times`} while this ` +
        'handler ran; look for a crash, for memory that ran out, or for work that blocks the event loop',
    );
  }
}

/** A handler did not finish in time. It may still run, and is not started again before it ends. */
export class HandlerTimeoutError extends GreenNotificationsError {
  readonly code = 'HANDLER_TIMEOUT';

  constructor(handler: string, timeoutMs: number) {
    super(
      `${handler} did not finish within ${timeoutMs} ms; ` +
        'end it when the signal of its context fires, or raise its timeoutMs or handlerTimeoutMs',
    );
  }
}
