import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** `start` was called while notifications are being received. */
export class AlreadyStartedError extends GreenNotificationsError {
  readonly code = 'ALREADY_STARTED';

  constructor() {
    super(
      'GreenNotifications.start() was called while it is started; the module starts by itself with ' +
        'the application, so call start() only after stop()',
    );
  }
}
