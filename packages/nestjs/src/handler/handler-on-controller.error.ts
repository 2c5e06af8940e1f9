import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** `@OnNotification` stands on a controller, where Nest would silently skip class-based guards. */
export class HandlerOnControllerError extends GreenNotificationsError {
  readonly code = 'HANDLER_ON_CONTROLLER';

  constructor(handler: string) {
    super(
      `${handler} is a notification handler on a controller, where its guards would not run; ` +
        'move the method to a provider (a class with @Injectable(), listed in "providers")',
    );
  }
}
