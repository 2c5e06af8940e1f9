import type { Forwarding } from '../common/forwarding.payload.js';
import type { MessageDataBase } from './message-data-base.payload.js';

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

/** GREEN-API: Receiving > Notifications format > Incoming message > ContactMessage */
export interface ContactMessageData extends MessageDataBase<'contactMessage'> {
  contactMessageData: Contact & Forwarding;
}

/** Several contact cards. */
export interface Contacts extends Forwarding {
  contacts: Contact[];
}

/**
 * Several contact cards. They stand under a second `messageData`; older pages show them one level higher,
 * and write the type with a capital letter.
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
