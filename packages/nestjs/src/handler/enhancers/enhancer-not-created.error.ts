import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** A guard, pipe, interceptor or filter of a handler would silently not run. */
export class EnhancerNotCreatedError extends GreenNotificationsError {
  readonly code = 'ENHANCER_NOT_CREATED';

  constructor(handler: string, enhancer: string) {
    super(
      `${handler} uses ${enhancer}, which Nest does not create for providers made by useFactory or ` +
        `useValue, so that it would not run; list the class of the handler itself in "providers", ` +
        `or give an instance (new ${enhancer}(…)) in place of the enhancer's class`,
    );
  }
}
