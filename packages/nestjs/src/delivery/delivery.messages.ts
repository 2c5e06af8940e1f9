import { idMessageOf } from '../notification/id-message-of.js';
import type { Notification } from '../notification/notification.js';
import type { HandlerRun } from './handler-run.js';

/** Names a notification without the chat, which is a phone number, and without its content. */
export function describeNotification(notification: Notification): string {
  const idMessage = idMessageOf(notification);
  return idMessage === undefined
    ? notification.typeWebhook
    : `${notification.typeWebhook} ${idMessage}`;
}

export const HANDLER_FAILED = (run: HandlerRun, notification: Notification, retryAfterMs: number) =>
  `${run.handler} failed at ${describeNotification(notification)} (attempt ${run.attempt}); ` +
  `kept, next attempt in ${(retryAfterMs / 1000).toFixed(1)} s: ${messageOf(run.error)}`;

export const HANDLER_RECOVERED = (run: HandlerRun, notification: Notification) =>
  `${run.handler} handled ${describeNotification(notification)} on attempt ${run.attempt}`;

export const UNHANDLED = (notification: Notification) =>
  `No handler for ${describeNotification(notification)}`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : `threw ${typeof error}`;
}
