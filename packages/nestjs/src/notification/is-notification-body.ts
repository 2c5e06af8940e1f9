import { isUntrustedObject, stringAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/**
 * Whether a JSON value is a notification: an object with a non-empty string `typeWebhook`. Nothing
 * more is asked for, because GREEN-API adds kinds and fields at any time; the accessors bear
 * whatever else is missing.
 */
export function isNotificationBody(value: unknown): value is Notification {
  return isUntrustedObject(value) && stringAt(value, 'typeWebhook') !== undefined;
}
