import type { OpenString } from './common/open-string.type.js';
import { isUntrustedObject, stringAt } from './common/untrusted-json.reader.js';
import type { UnknownNotification } from './kind/unknown.notification.js';
import type { Notification, NotificationKind, NotificationOf } from './notification.js';

/**
 * Whether a JSON value is a notification: an object with a non-empty string `typeWebhook`. It
 * checks nothing else, because GREEN-API adds kinds and fields at any time. The accessors tolerate
 * missing and wrong fields.
 */
export function isNotificationBody(value: unknown): value is Notification {
  return isUntrustedObject(value) && stringAt(value, 'typeWebhook') !== undefined;
}

/** Every known kind. The compiler reports a missing one. */
const kinds: Record<NotificationKind, true> = {
  incomingMessageReceived: true,
  outgoingMessageReceived: true,
  outgoingAPIMessageReceived: true,
  outgoingMessageStatus: true,
  stateInstanceChanged: true,
  statusInstanceChanged: true,
  deviceInfo: true,
  incomingCall: true,
  outgoingCall: true,
  incomingBlock: true,
  quotaExceeded: true,
};

/** Every known `typeWebhook`, at run time. */
export const notificationKinds = Object.keys(kinds) as readonly NotificationKind[];

/** Whether this version has a type for a `typeWebhook`. */
export function isKnownKind(typeWebhook: string): typeWebhook is NotificationKind {
  return Object.hasOwn(kinds, typeWebhook);
}

/**
 * Creates a type guard for one or more kinds:
 * `notifications.filter(isNotification('incomingCall'))`. You can also name kinds that this version
 * does not know. They give an `UnknownNotification`.
 */
export function isNotification<const Kind extends OpenString<NotificationKind>>(
  kind: Kind | readonly Kind[],
): (notification: Notification) => notification is NotificationOf<Kind> {
  const wanted = new Set<string>(typeof kind === 'string' ? [kind] : kind);
  return (notification): notification is NotificationOf<Kind> =>
    wanted.has(stringAt(notification, 'typeWebhook') ?? '');
}

/** Whether this version has no type for the kind of a notification. */
export function isUnknownNotification(
  notification: Notification,
): notification is UnknownNotification {
  return !isKnownKind(stringAt(notification, 'typeWebhook') ?? '');
}
