import type { Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** A contact card. Each messenger fills different fields. */
export interface Contact {
  /** WhatsApp, WABA and MAX. */
  displayName?: string;
  /** The card in vCard format; MAX leaves it empty. */
  vcard?: string;
  /** MAX and Telegram: the chat with the person. */
  chatId?: string;
  /** MAX. */
  urlAvatar?: string;
  /** MAX: an integer in GREEN-API's examples, a string in its table. */
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

/** GREEN-API: Receiving > Notifications format > Incoming message > ContactMessage */
export interface ContactMessageData extends MessageDataBase<'contactMessage'> {
  contactMessageData: Contact & Forwarding;
}

/**
 * Several contact cards. They are in a second, nested `messageData`. Older pages of GREEN-API show
 * them one level higher, and write the type with a capital letter.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > ContactsArrayMessage
 */
export interface ContactsArrayMessageData<
  TypeMessage extends 'contactsArrayMessage' | 'ContactsArrayMessage' = 'contactsArrayMessage',
>
  extends MessageDataBase<TypeMessage>, Forwarding {
  messageData?: Contacts;
  contacts?: Contact[];
}
