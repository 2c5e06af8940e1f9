import { GreenNotificationsError } from '../common/green-notifications.error.js';

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
