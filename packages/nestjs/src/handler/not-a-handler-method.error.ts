import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** `@OnNotification` stands on something that Nest could never call. */
export class NotAHandlerMethodError extends GreenNotificationsError {
  readonly code = 'NOT_A_HANDLER_METHOD';

  constructor(handler: string, what: string) {
    super(
      `@OnNotification on ${handler} stands on ${what}, which would never be called; ` +
        'put it on an instance method with a name that is a string',
    );
  }
}
