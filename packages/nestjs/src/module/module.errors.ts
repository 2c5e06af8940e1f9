import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** The options of `GreenNotificationsModule` are wrong; `problems` names each. */
export class InvalidOptionsError extends GreenNotificationsError {
  readonly code = 'INVALID_OPTIONS';

  constructor(readonly problems: readonly string[]) {
    super(
      `The options of GreenNotificationsModule are not valid:\n${problems
        .map((problem) => `  - ${problem}`)
        .join('\n')}`,
    );
  }
}

/** `GreenNotificationsModule` is registered more than once in one application. */
export class DuplicateRegistrationError extends GreenNotificationsError {
  readonly code = 'DUPLICATE_REGISTRATION';

  constructor(importers: readonly string[]) {
    super(
      `GreenNotificationsModule is registered more than once, in ${importers.join(' and ')}; each ` +
        'registration would receive and handle everything. Call forRoot() or forRootAsync() once, ' +
        'with all instances; to inject GreenNotifications elsewhere, set isGlobal: true there, or ' +
        'export GreenNotificationsModule from the module that registers it',
    );
  }
}

/** Nobody would handle what is received, and nobody watches. */
export class NoHandlersError extends GreenNotificationsError {
  readonly code = 'NO_HANDLERS';

  constructor() {
    super(
      'Receiving does not start: there is no notification handler, so every notification would be ' +
        'acknowledged and lost. Decorate a method with @OnNotification() and list its class in the ' +
        '"providers" of a module that the application imports; or subscribe to notifications$ or ' +
        "outcomes$ before the application has started; or say unhandled: 'acknowledge' in the " +
        'options of GreenNotificationsModule if this is what you want',
    );
  }
}

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
