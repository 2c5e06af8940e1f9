import { chatIdOf } from './notification.accessors.js';
import type { Notification } from './notification.js';

/**
 * The lane of a notification. Notifications of one lane must keep their order. The lane is the
 * chat, or the instance if the notification belongs to no chat.
 *
 * @param idInstance the instance that delivered it; two instances never share a lane
 */
export function laneOf(notification: Notification, idInstance: string): string {
  const chatId = chatIdOf(notification);
  return JSON.stringify(chatId === undefined ? [idInstance] : [idInstance, chatId]);
}
