import type { OpenString } from './common/open-string.type.js';
import { isUntrustedObject, stringAt } from './common/untrusted-json.reader.js';
import type { UnknownNotification } from './kind/unknown.notification.js';
import type { Notification, NotificationKind, NotificationOf } from './notification.js';

/**
 * Whether a JSON value is a notification: an object with a non-empty string `typeWebhook`. Nothing
 * more is asked for, because GREEN-API adds kinds and fields at any time; the accessors bear
 * whatever else is missing.
 */
export function isNotificationBody(value: unknown): value is Notification {
  return isUntrustedObject(value) && stringAt(value, 'typeWebhook') !== undefined;
}

/** Every known kind; the compiler refuses the table when one is missing. */
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

/** Whether a `typeWebhook` is one that this version has a type for. */
export function isKnownKind(typeWebhook: string): typeWebhook is NotificationKind {
  return Object.hasOwn(kinds, typeWebhook);
}

/**
 * Makes a guard for one kind or several: `notifications.filter(isNotification('incomingCall'))`. A
 * kind that is not known gives an `UnknownNotification`, so kinds newer than this version can be
 * asked for too.
 */
export function isNotification<const Kind extends OpenString<NotificationKind>>(
  kind: Kind | readonly Kind[],
): (notification: Notification) => notification is NotificationOf<Kind> {
  const wanted = new Set<string>(typeof kind === 'string' ? [kind] : kind);
  return (notification): notification is NotificationOf<Kind> =>
    wanted.has(stringAt(notification, 'typeWebhook') ?? '');
}

/** Whether a notification is of a kind that this version has no type for. */
export function isUnknownNotification(
  notification: Notification,
): notification is UnknownNotification {
  return !isKnownKind(stringAt(notification, 'typeWebhook') ?? '');
}
