import { stringAt } from './common/untrusted-json.reader.js';
import type { OpenString } from './common/open-string.type.js';
import type { Notification, NotificationKind, NotificationOf } from './notification.js';

/**
 * Makes a guard for one kind or several: `notifications.filter(isNotification('incomingCall'))`. A
 * kind that is not known gives an `UnknownNotification`, so kinds newer than this version can be
 * asked for too.
 */
export function isNotification<const Kind extends OpenString<NotificationKind>>(
  kind: Kind | readonly Kind[],
): (notification: Notification) => notification is NotificationOf<Kind> {
  const kinds = new Set<string>(typeof kind === 'string' ? [kind] : kind);
  return (notification): notification is NotificationOf<Kind> =>
    kinds.has(stringAt(notification, 'typeWebhook') ?? '');
}
