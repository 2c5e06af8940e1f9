import { idAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/** `instanceData.idInstance` as a decimal string. */
export function idInstanceOf(notification: Notification): string | undefined {
  return idAt(notification, 'instanceData', 'idInstance');
}
