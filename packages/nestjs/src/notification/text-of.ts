import { stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';
import { typeMessageOf } from './type-message-of.js';

/** placeholder */
export function textOf(notification: Notification): string | undefined {
  if (typeMessageOf(notification) === 'reactionMessage') return undefined;
  const data = valueAt(notification, 'messageData');
  return (
    stringAt(data, 'textMessageData', 'textMessage') ??
    stringAt(data, 'extendedTextMessageData', 'text') ??
    stringAt(data, 'fileMessageData', 'caption')
  );
}
