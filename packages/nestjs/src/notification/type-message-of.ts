import { stringAt } from './common/untrusted-json.reader.js';
import type { OpenString } from './common/open-string.type.js';
import type { MessageType } from './message/message-type.js';
import type { Notification } from './notification.js';

/** `messageData.typeMessage` of a message of any direction. */
export function typeMessageOf(notification: Notification): OpenString<MessageType> | undefined {
  return stringAt(notification, 'messageData', 'typeMessage');
}
