import { notificationKinds } from './notification-kinds.js';
import type { NotificationKind } from './notification.js';

const known: ReadonlySet<string> = new Set(notificationKinds);

/** Whether a `typeWebhook` is one that this version has a type for. */
export function isKnownKind(typeWebhook: string): typeWebhook is NotificationKind {
  return known.has(typeWebhook);
}
