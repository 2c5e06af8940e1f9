import type { OpenString } from './open-string.type.js';

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
