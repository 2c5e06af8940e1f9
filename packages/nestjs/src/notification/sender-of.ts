import { idAt, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/** Who wrote a message or called. */
export interface Sender {
  /** Id of the author. In outgoing messages, the id of the instance's account. */
  id: string;
  /** The name that the author chose. Empty if GREEN-API does not know it. */
  name: string;
  /** The name in the account's address book, if there is one. */
  contactName?: string;
  /** Digits only, with the country code. Missing if it is hidden. */
  phoneNumber?: string;
}

/**
 * Who wrote a message (`senderData`) or made an incoming call (`from`). Undefined for every other
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

/** Telegram and MAX send the number, or 0 if it is hidden. A WhatsApp id starts with it. */
function phoneNumberOf(id: string, sent: string | undefined): string | undefined {
  return sent !== undefined && sent !== '0' ? sent : /^(\d+)@c\.us$/.exec(id)?.[1];
}
