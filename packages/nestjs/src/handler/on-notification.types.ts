import type {
  IncomingMessage,
  OutgoingApiMessage,
  OutgoingMessage,
} from '../notification/kind/message.notification.js';
import type { UnknownNotification } from '../notification/kind/unknown.notification.js';
import type { MessageType } from '../notification/message/message-data.js';
import type { UnknownMessageType } from '../notification/message/message-type.js';
import type {
  Notification,
  NotificationKind,
  NotificationOf,
} from '../notification/notification.js';
import type { NotificationFilter } from './notification.filter.js';

/*
 * The types of `@OnNotification`. The kind and the `typeMessage` select notification types. The
 * other conditions must fit these types, and the decorated method must accept them.
 */

export type OpenKind = NotificationKind | '*' | 'unknown' | (string & {});

/** The notifications of the given kinds. */
type OfKind<Kind extends string> = Kind extends '*'
  ? Notification
  : Kind extends NotificationKind
    ? NotificationOf<Kind>
    : UnknownNotification;

/** The allowed `typeMessage` values; `never` for kinds that have none. */
export type MessageTypeOf<Kind extends string> =
  OfKind<Kind> extends infer N
    ? N extends { messageData: unknown } | UnknownNotification
      ? MessageType | (string & {})
      : never
    : never;

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

/**
 * The notifications of the given kinds, limited to the given `typeMessage`s unless that is `never`.
 */
export type Selected<Kind extends string, TypeMessage extends string> = [TypeMessage] extends [
  never,
]
  ? OfKind<Kind>
  : WithTypeMessage<Kind extends '*' ? NotificationOf : OfKind<Kind>, TypeMessage>;

type OneOrSeveral<Value> = Value | readonly Value[];

/**
 * The values that a field of these notifications may have; `never` if none of them has the field.
 */
type TextIn<N, Field extends string> = N extends UnknownNotification
  ? string
  : N extends { readonly [F in Field]?: infer Value }
    ? Extract<Value, string>
    : never;

/** The conditions that are possible for notifications of these kinds. */
export interface FilterFor<Kind extends string, TypeMessage extends string> extends Omit<
  NotificationFilter,
  'typeMessage' | 'status' | 'stateInstance' | 'where'
> {
  /** `messageData.typeMessage`, one or several; it narrows the type that the method gets. */
  // Editors suggest nothing for the type parameter alone.
  readonly typeMessage?: OneOrSeveral<TypeMessage | NoInfer<MessageTypeOf<Kind>>>;
  /** `status` of `outgoingMessageStatus` and of calls, one or several. */
  readonly status?: OneOrSeveral<TextIn<OfKind<Kind>, 'status'>>;
  /** `stateInstance` of `stateInstanceChanged`, one or several. */
  readonly stateInstance?: OneOrSeveral<TextIn<OfKind<Kind>, 'stateInstance'>>;
  /**
   * Any other condition. It is checked last and cannot be async. If it throws, the handler has
   * failed.
   */
  readonly where?: (notification: Selected<Kind, TypeMessage>) => boolean;
}

/** True if the parameter has a notification type that does not accept every notification in `N`. */
type CannotTake<Parameter, N> = 0 extends 1 & Parameter
  ? false
  : [NonNullable<Parameter>] extends [{ typeWebhook: infer Kind }]
    ? // An application DTO with `typeWebhook: string`; a pipe checks it.
      string extends Kind
      ? false
      : [N] extends [Parameter]
        ? false
        : true
    : false;

type CannotTakeAny<Parameters extends readonly unknown[], N> = {
  [Index in keyof Parameters]-?: CannotTake<Parameters[Index], N>;
}[number];

/** Makes the compiler refuse a method whose notification parameters do not accept `N`. */
export type MethodFor<Method extends (...args: never[]) => unknown, N> =
  true extends CannotTakeAny<Parameters<Method>, N>
    ? { readonly 'The parameter of this method cannot take what this decorator asks for': N }
    : unknown;
