import { idAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/**
 * The chat a notification is about: `senderData.chatId` of messages, `chatId` of statuses and
 * blocks, `from` of calls.
 */
export function chatIdOf(notification: Notification): string | undefined {
  return (
    idAt(notification, 'senderData', 'chatId') ??
    idAt(notification, 'chatId') ??
    idAt(notification, 'from')
  );
}
