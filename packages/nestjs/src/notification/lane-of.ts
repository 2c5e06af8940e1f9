import { chatIdOf } from './notification.accessors.js';
import type { Notification } from './notification.js';

/**
 * The lane of a notification, inside which order is kept: its chat, or its instance if it belongs
 * to no chat.
 *
 * @param idInstance the instance that delivered it; chats of two instances never share a lane
 */
export function laneOf(notification: Notification, idInstance: string): string {
  const chatId = chatIdOf(notification);
  return JSON.stringify(chatId === undefined ? [idInstance] : [idInstance, chatId]);
}
