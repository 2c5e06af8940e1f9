import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** `webhook.decorators` holds a guard, interceptor, pipe or filter as a class. */
export class ClassEnhancerError extends GreenNotificationsError {
  readonly code = 'CLASS_ENHANCER';

  constructor({ name }: { readonly name: string }) {
    super(
      `webhook.decorators puts the class ${name} on the webhook route, which Nest cannot ` +
        `instantiate there; give an instance (new ${name}(…)), or register it for the whole ` +
        'application with APP_GUARD, APP_INTERCEPTOR, APP_PIPE or APP_FILTER',
    );
  }
}
