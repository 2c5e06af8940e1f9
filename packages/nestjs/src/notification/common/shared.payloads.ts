import type { OpenString } from './open-string.type.js';

/**
 * The messenger of an instance, as GREEN-API names it: `v3` is MAX, and WABA instances have
 * `whatsapp`.
 */
export type TypeInstance = OpenString<'whatsapp' | 'telegram' | 'v3'>;

/**
 * The instance that a notification belongs to. Part of every documented notification.
 *
 * GREEN-API: Receiving > Notifications format > instanceData
 */
export interface InstanceData {
  /** Number of the instance. To compare it, use the decimal string that `idInstanceOf` returns. */
  idInstance: number;
  /**
   * Account of the instance, on WhatsApp `<phone>@c.us`. Empty while the instance is not
   * authorized.
   */
  wid: string;
  typeInstance: TypeInstance;
}

/** The type of a Telegram or MAX chat or sender. */
export type ChatType = OpenString<'user' | 'group' | 'supergroup' | 'channel' | 'bot'>;

/**
 * Chat and author of a message.
 *
 * GREEN-API: Receiving > Notifications format > senderData
 */
export interface SenderData {
  /**
   * WhatsApp: `<digits>@c.us`, `<digits>@g.us` or `<digits>@lid`. Telegram and MAX: a decimal
   * string, negative for groups.
   */
  chatId: string;
  /** Author of the message. In outgoing messages, the account of the instance. */
  sender: string;
  /** Name that the author chose. May be empty. */
  senderName: string;
  chatName?: string;
  /** Name in the account's address book. Empty if the author is not in it. */
  senderContactName?: string;
  /** Telegram and MAX only. */
  chatType?: ChatType;
  /** Telegram and MAX only. */
  senderType?: ChatType;
  /** Telegram and MAX only. 0 if it is hidden, and in groups. */
  senderPhoneNumber?: number;
}

/**
 * How often a message was forwarded. Old notifications and WhatsApp plain texts have neither
 * field.
 */
export interface Forwarding {
  /** Number of times the message was forwarded before. */
  forwardingScore?: number;
  /**
   * A boolean in every notification that GREEN-API publishes, but a string in one official class.
   */
  isForwarded?: boolean | 'true' | 'false';
}

/** A small JPEG preview in base64. GREEN-API sends an empty string or `null` if there is none. */
export type Base64Jpeg = string | null;
