import type { NotificationKind } from './notification.js';

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
