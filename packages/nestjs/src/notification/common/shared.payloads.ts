import type { OpenString } from './open-string.type.js';

/**
 * The messenger an instance is connected to, in GREEN-API's words: `v3` is MAX; WABA instances say
 * `whatsapp`.
 */
export type TypeInstance = OpenString<'whatsapp' | 'telegram' | 'v3'>;

/**
 * The instance a notification belongs to; part of every notification.
 *
 * GREEN-API: Receiving > Notifications format > instanceData
 */
export interface InstanceData {
  /** Number of the instance. Compare it as the decimal string that `idInstanceOf` gives. */
  idInstance: number;
  /**
   * Account of the instance, `<phone>@c.us` on WhatsApp; empty while the instance is not
   * authorised.
   */
  wid: string;
  typeInstance: TypeInstance;
}

/** What a Telegram or MAX chat or sender is. */
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
  /** Author of the message; the own account in the outgoing kinds. */
  sender: string;
  /** Name the author chose; may be empty. */
  senderName: string;
  chatName?: string;
  /** Name in the account's address book; empty when the author is not in it. */
  senderContactName?: string;
  /** Telegram and MAX only. */
  chatType?: ChatType;
  /** Telegram and MAX only. */
  senderType?: ChatType;
  /** Telegram and MAX only; 0 when hidden, and in groups. */
  senderPhoneNumber?: number;
}

/**
 * How often a message was forwarded. Old notifications and WhatsApp plain texts carry neither
 * field.
 */
export interface Forwarding {
  /** Number of times the message was forwarded before. */
  forwardingScore?: number;
  /** A boolean in every published notification; one official class declares a string. */
  isForwarded?: boolean | 'true' | 'false';
}

/** A small JPEG preview in base64; GREEN-API sends an empty string or `null` when there is none. */
export type Base64Jpeg = string | null;
