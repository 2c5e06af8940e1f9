import { idAt, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/** Who wrote a message or called. */
export interface Sender {
  /** Id of the author; that of the own account in messages it sent. */
  id: string;
  /** The name the author chose; empty where GREEN-API knows none. */
  name: string;
  /** The name in the account's address book, where there is one. */
  contactName?: string;
  /** Digits only, with the country code; absent when hidden. */
  phoneNumber?: string;
}

/**
 * Who wrote a message (`senderData`) or made an incoming call (`from`); undefined for every other
 * notification.
 */
export function senderOf(notification: Notification): Sender | undefined {
  const caller =
    stringAt(notification, 'typeWebhook') === 'incomingCall'
      ? idAt(notification, 'from')
      : undefined;
  const senderData = valueAt(notification, 'senderData');
  const id = idAt(senderData, 'sender') ?? caller;
  if (id === undefined) return undefined;
  const contactName = stringAt(senderData, 'senderContactName');
  const phoneNumber = phoneNumberOf(id, idAt(senderData, 'senderPhoneNumber'));
  return {
    id,
    name: stringAt(senderData, 'senderName') ?? '',
    ...(contactName !== undefined && { contactName }),
    ...(phoneNumber !== undefined && { phoneNumber }),
  };
}

/** Telegram and MAX send the number, or 0 when it is hidden; a WhatsApp id begins with it. */
function phoneNumberOf(id: string, sent: string | undefined): string | undefined {
  return sent !== undefined && sent !== '0' ? sent : /^(\d+)@c\.us$/.exec(id)?.[1];
}
