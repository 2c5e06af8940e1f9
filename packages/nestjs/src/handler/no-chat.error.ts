import { GreenNotificationsError } from '../common/green-notifications.error.js';
import type { Notification } from '../notification/notification.js';

/** `reply` was called for a notification that belongs to no chat. */
export class NoChatError extends GreenNotificationsError {
  readonly code = 'NO_CHAT';

  constructor(notification: Notification) {
    super(
      `A notification of kind ${notification.typeWebhook} has no chat to reply to; ` +
        'send to a chat of your own choice with ctx.client.sendMessage()',
    );
  }
}
