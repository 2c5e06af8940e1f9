import { GreenNotificationsError } from '../common/green-notifications.error.js';

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
