import { isUntrustedObject, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { QuotedMessage } from './message/quoted-message.js';
import type { Notification } from './notification.js';

/**
 * The message that this one answers or reacts to: `quotedMessage` in `messageData`, or beside it. If
 * GREEN-API sends no such object, as on MAX, the result has only the ids that are next to the text. The content of the object is not
 * validated.
 */
export function quotedOf(notification: Notification): QuotedMessage | undefined {
  const data = valueAt(notification, 'messageData');
  const quoted = [data, notification]
    .map((place) => valueAt(place, 'quotedMessage'))
    .find(isUntrustedObject);
  if (quoted) return quoted;
  const stanzaId = stringAt(data, 'extendedTextMessageData', 'stanzaId');
  const participant = stringAt(data, 'extendedTextMessageData', 'participant');
  if (stanzaId === undefined) return undefined;
  return { stanzaId, ...(participant !== undefined && { participant }) };
}
