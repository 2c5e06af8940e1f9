import { stringAt } from './common/untrusted-json.reader.js';
import { chatIdOf } from './chat-id-of.js';
import type { Notification } from './notification.js';

/**
 * Whether a notification is about a group: on WhatsApp by `@g.us`, on Telegram and MAX by
 * `senderData.chatType`, and where that is missing by a negative chat id. A Telegram or MAX channel
 * whose `chatType` says so is none.
 */
export function isGroup(notification: Notification): boolean {
  const chatType = stringAt(notification, 'senderData', 'chatType');
  if (chatType !== undefined) return chatType === 'group' || chatType === 'supergroup';
  const chatId = chatIdOf(notification) ?? '';
  return chatId.endsWith('@g.us') || /^-\d+$/.test(chatId);
}
