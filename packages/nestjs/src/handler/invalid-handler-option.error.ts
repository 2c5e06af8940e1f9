import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** `@OnNotification` was given an option that does not exist, or a value that makes no sense. */
export class InvalidHandlerOptionError extends GreenNotificationsError {
  readonly code = 'INVALID_HANDLER_OPTION';

  constructor(handler: string, option: string, problem: string) {
    super(`The option "${option}" of @OnNotification on ${handler} ${problem}`);
  }
}
