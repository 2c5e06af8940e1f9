import type { OpenString } from './common/open-string.type.js';
import { isNotification } from './kind.guards.js';
import type { MessageAmong } from './kind/message.notification.js';
import type { MessageType } from './message/message-data.js';
import { messageTypes, type UnknownMessageType } from './message/message-type.js';
import type { Notification } from './notification.js';
import { typeMessageOf } from './notification.accessors.js';

const known: ReadonlySet<string> = new Set(messageTypes);

/** Whether this version has a type for a `messageData.typeMessage`. */
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
 * Creates a type guard for messages of one or more `typeMessage`s, in any direction:
 * `notifications.filter(isMessage('imageMessage'))`. It keeps the direction: an `IncomingMessage`
 * stays an `IncomingMessage`. A type that this version does not know gives a message with
 * `UnknownMessageData`.
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

/**
 * Whether a notification is a message, in any direction, and this version has no type for its
 * `typeMessage`.
 */
export function isUnknownMessage<Candidate extends Notification>(
  notification: Candidate,
): notification is Extract<MessageAmong<Candidate, UnknownMessageType>, Candidate> {
  return isAnyMessage(notification) && !isKnownMessageType(typeMessageOf(notification) ?? '');
}
