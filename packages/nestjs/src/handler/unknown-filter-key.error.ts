import { GreenNotificationsError } from '../common/green-notifications.error.js';
import { NOTIFICATION_FILTER_KEYS } from './notification.filter.js';

/** `@OnNotification` was given a condition that does not exist. */
export class UnknownFilterKeyError extends GreenNotificationsError {
  readonly code = 'UNKNOWN_FILTER_KEY';

  constructor(handler: string, key: string) {
    super(
      `@OnNotification on ${handler} filters by "${key}", which does not exist; ` +
        `use one of ${Object.keys(NOTIFICATION_FILTER_KEYS).join(', ')}`,
    );
  }
}
