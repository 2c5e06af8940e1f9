import type { MessageType } from './message/message-data.js';
import type { OpenString } from './common/open-string.type.js';
import { idAt, isUntrustedObject, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { QuotaData } from './kind/quota-exceeded.notification.js';
import type { Notification } from './notification.js';

/**
 * The chat a notification is about: `senderData.chatId` of messages, `chatId` of statuses and
 * blocks, `from` of calls.
 */
export function chatIdOf(notification: Notification): string | undefined {
  return (
    idAt(notification, 'senderData', 'chatId') ??
    idAt(notification, 'chatId') ??
    idAt(notification, 'from')
  );
}

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

/** `instanceData.idInstance` as a decimal string. */
export function idInstanceOf(notification: Notification): string | undefined {
  return idAt(notification, 'instanceData', 'idInstance');
}

/** A messenger by its own name. */
export type Messenger = 'whatsapp' | 'telegram' | 'max';

/**
 * The messenger of the notification's instance. WABA counts as WhatsApp, as GREEN-API's
 * `typeInstance` does; undefined when it is a new one.
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
 * `idMessage` of a message, a status or a call. It identifies none of them alone: statuses and
 * calls share it, and on MAX it is unique within a chat only. `notificationKey` gives the identity.
 */
export function idMessageOf(notification: Notification): string | undefined {
  return idAt(notification, 'idMessage');
}

/** `messageData.typeMessage` of a message of any direction. */
export function typeMessageOf(notification: Notification): OpenString<MessageType> | undefined {
  return stringAt(notification, 'messageData', 'typeMessage');
}

/** Which limit of the tariff was reached, under whichever kind and name GREEN-API reports it. */
export function quotaOf(notification: Notification): QuotaData | undefined {
  const quota = [valueAt(notification, 'quotaData'), valueAt(notification, 'stateInstance')].find(
    isUntrustedObject,
  );
  return quota as QuotaData | undefined;
}
