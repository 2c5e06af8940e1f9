import type { MessageAmong } from './kind/message.notification.js';
import type { UnknownMessageType } from './message/unknown-message.payload.js';
import type { Notification } from './notification.js';
import { isKnownMessageType } from './is-known-message-type.js';
import { isNotification } from './is-notification.js';
import { typeMessageOf } from './type-message-of.js';

const isOfMessageKind = isNotification([
  'incomingMessageReceived',
  'outgoingMessageReceived',
  'outgoingAPIMessageReceived',
]);

/**
 * Whether a notification is a message, of any direction, whose `typeMessage` this version has no
 * type for.
 */
export function isUnknownMessage<Candidate extends Notification>(
  notification: Candidate,
): notification is Extract<MessageAmong<Candidate, UnknownMessageType>, Candidate> {
  return isOfMessageKind(notification) && !isKnownMessageType(typeMessageOf(notification) ?? '');
}
