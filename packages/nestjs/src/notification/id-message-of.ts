import { idAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/**
 * `idMessage` of a message, a status or a call. It identifies none of them alone: statuses and
 * calls share it, and on MAX it is unique within a chat only. `notificationKey` gives the identity.
 */
export function idMessageOf(notification: Notification): string | undefined {
  return idAt(notification, 'idMessage');
}
