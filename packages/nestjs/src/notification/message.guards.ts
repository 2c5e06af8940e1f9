import type { OpenString } from './common/open-string.type.js';
import { isNotification } from './kind.guards.js';
import type { MessageAmong } from './kind/message.notification.js';
import type { MessageType } from './message/message-data.js';
import { messageTypes, type UnknownMessageType } from './message/message-type.js';
import type { Notification } from './notification.js';
import { typeMessageOf } from './notification.accessors.js';

const known: ReadonlySet<string> = new Set(messageTypes);

/** Whether a `messageData.typeMessage` is one that this version has a type for. */
export function isKnownMessageType(typeMessage: string): typeMessage is MessageType {
  return known.has(typeMessage);
}

type Typed<Name extends string> = Name extends MessageType ? Name : UnknownMessageType;

const isAnyMessage = isNotification([
  'incomingMessageReceived',
  'outgoingMessageReceived',
  'outgoingAPIMessageReceived',
]);

/**
 * Makes a guard for messages of one `typeMessage` or several, whatever their direction:
 * `notifications.filter(isMessage('imageMessage'))`. An incoming message stays an incoming one. A
 * type that is not known gives a message with `UnknownMessageData`.
 */
export function isMessage<const Name extends OpenString<MessageType>>(
  typeMessage: Name | readonly Name[],
): <Candidate extends Notification>(
  notification: Candidate,
) => notification is Extract<MessageAmong<Candidate, Typed<Name>>, Candidate> {
  const types = new Set<string>(typeof typeMessage === 'string' ? [typeMessage] : typeMessage);
  return <Candidate extends Notification>(
    notification: Candidate,
  ): notification is Extract<MessageAmong<Candidate, Typed<Name>>, Candidate> =>
    isAnyMessage(notification) && types.has(typeMessageOf(notification) ?? '');
}

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
