import type {
  IncomingMessage,
  OutgoingApiMessage,
  OutgoingMessage,
} from '../notification/kind/message.notification.js';
import type { UnknownNotification } from '../notification/kind/unknown.notification.js';
import type { MessageType } from '../notification/message/message-data.js';
import type { UnknownMessageType } from '../notification/message/unknown-message.payload.js';
import type {
  Notification,
  NotificationKind,
  NotificationOf,
} from '../notification/notification.js';

/** The notifications of the given kinds. */
export type OfKind<Kind extends string> = Kind extends '*'
  ? Notification
  : Kind extends NotificationKind
    ? NotificationOf<Kind>
    : UnknownNotification;

type KnownOrNot<TypeMessage extends string> = TypeMessage extends MessageType
  ? TypeMessage
  : UnknownMessageType;

type WithTypeMessage<N, TypeMessage extends string> = N extends {
  typeWebhook: 'incomingMessageReceived';
}
  ? IncomingMessage<KnownOrNot<TypeMessage>>
  : N extends { typeWebhook: 'outgoingMessageReceived' }
    ? OutgoingMessage<KnownOrNot<TypeMessage>>
    : N extends { typeWebhook: 'outgoingAPIMessageReceived' }
      ? OutgoingApiMessage<KnownOrNot<TypeMessage>>
      : N extends UnknownNotification
        ? UnknownNotification
        : never;

/** The notifications of the given kinds, restricted to the given `typeMessage`s unless that is `never`. */
export type Selected<Kind extends string, TypeMessage extends string> = [TypeMessage] extends [
  never,
]
  ? OfKind<Kind>
  : WithTypeMessage<Kind extends '*' ? NotificationOf : OfKind<Kind>, TypeMessage>;
