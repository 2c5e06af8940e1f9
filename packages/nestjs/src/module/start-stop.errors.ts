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

/** `start` was called in an application that was closed, or is being closed. */
export class ApplicationClosedError extends GreenNotificationsError {
  readonly code = 'APPLICATION_CLOSED';

  constructor() {
    super(
      'GreenNotifications.start() was called in an application that was closed; its connections are ' +
        'gone, so create a new application, or use stop() and start() without closing this one',
    );
  }
}
