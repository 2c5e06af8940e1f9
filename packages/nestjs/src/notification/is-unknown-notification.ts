import { stringAt } from './common/untrusted-json.reader.js';
import { isKnownKind } from './is-known-kind.js';
import type { UnknownNotification } from './kind/unknown.notification.js';
import type { Notification } from './notification.js';

/** Whether a notification is of a kind that this version has no type for. */
export function isUnknownNotification(
  notification: Notification,
): notification is UnknownNotification {
  return !isKnownKind(stringAt(notification, 'typeWebhook') ?? '');
}
