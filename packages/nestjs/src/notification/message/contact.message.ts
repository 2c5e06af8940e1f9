import type { Forwarding } from '../common/forwarding.payload.js';
import type { Contact, Contacts } from './contact.payload.js';
import type { MessageDataBase } from './message-data.base.js';

/** GREEN-API: Receiving > Notifications format > Incoming message > ContactMessage */
export interface ContactMessageData extends MessageDataBase<'contactMessage'> {
  contactMessageData: Contact & Forwarding;
}

/**
 * Several contact cards. They stand under a second `messageData`; older pages show them one level
 * higher, and write the type with a capital letter.
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
