import { isUntrustedObject, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { QuotedMessage } from './message/quoted-message.js';
import type { Notification } from './notification.js';

/**
 * The message that this one answers or reacts to. Where GREEN-API sends no `quotedMessage` object,
 * as on MAX, it is made of the ids that stand beside the text. Its content is GREEN-API's own,
 * unchecked.
 */
export function quotedOf(notification: Notification): QuotedMessage | undefined {
  const data = valueAt(notification, 'messageData');
  const quoted = valueAt(data, 'quotedMessage');
  if (isUntrustedObject(quoted)) return quoted;
  const stanzaId = stringAt(data, 'extendedTextMessageData', 'stanzaId');
  const participant = stringAt(data, 'extendedTextMessageData', 'participant');
  if (stanzaId === undefined) return undefined;
  return { stanzaId, ...(participant !== undefined && { participant }) };
}
