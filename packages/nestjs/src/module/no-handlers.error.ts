import { GreenNotificationsError } from '../common/green-notifications.error.js';

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
