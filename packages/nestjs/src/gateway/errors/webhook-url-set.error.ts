import { GreenApiError, type GreenApiFailure } from './green-api.error.js';

/** HTTP 400 `custom webhook url is set`: an instance with a `webhookUrl` cannot be polled. GREEN-API: ReceiveNotification. */
export class WebhookUrlSetError extends GreenApiError {
  readonly code = 'WEBHOOK_URL_SET';
  readonly recovery = 'recheck';

  constructor(failure: GreenApiFailure) {
    super(
      'notifications go to a webhook URL, so they cannot be polled; clear webhookUrl in the GREEN-API console (it takes effect within 5 minutes)',
      failure,
    );
  }
}
