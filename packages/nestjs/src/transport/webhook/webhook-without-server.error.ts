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
