import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** Options of `GreenNotificationsModule` are wrong; `problems` has one text for each. */
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

/** There is no handler and no subscriber, so every notification would be lost. */
export class NoHandlersError extends GreenNotificationsError {
  readonly code = 'NO_HANDLERS';

  constructor() {
    super(
      'Receiving does not start: there is no notification handler, so every notification would be ' +
        'acknowledged and lost. Decorate a method with @OnNotification() and list its class in the ' +
        '"providers" of a module that the application imports; or subscribe to notifications$ or ' +
        "outcomes$ before the application has started; or set unhandled: 'acknowledge' in the " +
        'options of GreenNotificationsModule if this is what you want',
    );
  }
}

/** `start` was called, but receiving has already started. */
export class AlreadyStartedError extends GreenNotificationsError {
  readonly code = 'ALREADY_STARTED';

  constructor() {
    super(
      'GreenNotifications.start() was called, but receiving has already started; the module starts ' +
        'together with the application, so call start() only after stop()',
    );
  }
}

/** `start` was called after the application was closed, or while it closes. */
export class ApplicationClosedError extends GreenNotificationsError {
  readonly code = 'APPLICATION_CLOSED';

  constructor() {
    super(
      'GreenNotifications.start() was called after the application was closed, with its connections; ' +
        'create a new application, or use stop() and start() without closing this one',
    );
  }
}
