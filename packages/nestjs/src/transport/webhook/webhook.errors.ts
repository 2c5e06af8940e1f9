import { GreenNotificationsError } from '../../common/green-notifications.error.js';

/** `transport: 'webhook'` in an application that has no HTTP server for the route. */
export class WebhookWithoutServerError extends GreenNotificationsError {
  readonly code = 'WEBHOOK_WITHOUT_SERVER';

  constructor() {
    super(
      "transport: 'webhook' needs an HTTP server for GREEN-API to post to, and this application " +
        "has none; create it with NestFactory.create() and call listen(), or use transport: 'polling'",
    );
  }
}

/** `transport: 'webhook'` with a Nest version that does not announce its HTTP server. */
export class NestTooOldError extends GreenNotificationsError {
  readonly code = 'NEST_TOO_OLD';

  constructor() {
    super(
      "transport: 'webhook' needs Nest 11.1.4 or newer, and this application's @nestjs/core is older " +
        "(HttpAdapterHost has no init$); update @nestjs/common and @nestjs/core, or use transport: 'polling'",
    );
  }
}

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
