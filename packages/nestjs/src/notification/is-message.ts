import type { OpenString } from './common/open-string.type.js';
import type { MessageAmong } from './kind/message.notification.js';
import type { MessageType } from './message/message-type.js';
import type { UnknownMessageType } from './message/unknown-message.payload.js';
import type { Notification } from './notification.js';
import { isNotification } from './is-notification.js';
import { typeMessageOf } from './type-message-of.js';

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
