import type { Forwarding } from '../common/forwarding.payload.js';

/** A contact card. Each messenger fills other fields of it. */
export interface Contact {
  /** WhatsApp, WABA and MAX. */
  displayName?: string;
  /** The card in vCard format; MAX leaves it empty. */
  vcard?: string;
  /** MAX and Telegram: the chat with the person. */
  chatId?: string;
  /** MAX. */
  urlAvatar?: string;
  /** MAX: an integer in the examples, a string in the table. */
  phoneNumber?: number | string;
  /** Telegram: the phone number as a string. */
  phoneContact?: string;
  /** Telegram. */
  firstName?: string;
  /** Telegram. */
  lastName?: string;
}

/** Several contact cards. */
export interface Contacts extends Forwarding {
  contacts: Contact[];
}
