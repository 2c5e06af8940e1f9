import type { MessageType } from './message/message-data.js';
import type { OpenString } from './common/open-string.type.js';
import { idAt, isUntrustedObject, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { QuotaData } from './kind/quota-exceeded.notification.js';
import type { Notification } from './notification.js';

/**
 * The chat of a notification: `senderData.chatId` of messages, `chatId` of statuses and blocks,
 * `from` of calls.
 */
export function chatIdOf(notification: Notification): string | undefined {
  return (
    idAt(notification, 'senderData', 'chatId') ??
    idAt(notification, 'chatId') ??
    idAt(notification, 'from')
  );
}

/**
 * Whether the chat of a notification is a group. On Telegram and MAX, `senderData.chatType`
 * decides; a channel is not a group. If there is no `chatType`, a chat id that ends with `@g.us`
 * (WhatsApp) or is negative (Telegram and MAX) means a group.
 */
export function isGroup(notification: Notification): boolean {
  const chatType = stringAt(notification, 'senderData', 'chatType');
  if (chatType !== undefined) return chatType === 'group' || chatType === 'supergroup';
  const chatId = chatIdOf(notification) ?? '';
  return chatId.endsWith('@g.us') || /^-\d+$/.test(chatId);
}

/** `instanceData.idInstance` as a decimal string. */
export function idInstanceOf(notification: Notification): string | undefined {
  return idAt(notification, 'instanceData', 'idInstance');
}

/** A messenger, by its usual name. */
export type Messenger = 'whatsapp' | 'telegram' | 'max';

/**
 * The messenger of the notification's instance. WABA counts as WhatsApp, as in GREEN-API's
 * `typeInstance`. Undefined if this version does not know the messenger.
 */
export function messengerOf(notification: Notification): Messenger | undefined {
  const typeInstance = stringAt(notification, 'instanceData', 'typeInstance');
  switch (typeInstance) {
    case 'whatsapp':
    case 'telegram':
      return typeInstance;
    case 'v3':
    case 'max':
      return 'max';
    default:
      return undefined;
  }
}

/**
 * `idMessage` of a message, a status or a call. It does not identify the notification: all statuses
 * of a message and all notifications of a call have the same one, and on MAX it is unique only
 * within a chat. To identify a notification, use `notificationKey`.
 */
export function idMessageOf(notification: Notification): string | undefined {
  return idAt(notification, 'idMessage');
}

/** `messageData.typeMessage` of a message in any direction. */
export function typeMessageOf(notification: Notification): OpenString<MessageType> | undefined {
  return stringAt(notification, 'messageData', 'typeMessage');
}

/** Which limit of the tariff was reached, whichever kind and field GREEN-API uses to report it. */
export function quotaOf(notification: Notification): QuotaData | undefined {
  const quota = [valueAt(notification, 'quotaData'), valueAt(notification, 'stateInstance')].find(
    isUntrustedObject,
  );
  return quota as QuotaData | undefined;
}
