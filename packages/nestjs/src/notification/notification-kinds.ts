import type { NotificationKind } from './notification.js';

/** Every known kind; the compiler refuses the table when one is missing. */
const table: Record<NotificationKind, true> = {
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
export const notificationKinds = Object.keys(table) as readonly NotificationKind[];
