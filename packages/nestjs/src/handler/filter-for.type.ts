import type { UnknownNotification } from '../notification/kind/unknown.notification.js';
import type { MessageType } from '../notification/message/message-data.js';
import type { NotificationKind } from '../notification/notification.js';
import type { NotificationFilter } from './notification.filter.js';
import type { OfKind, Selected } from './selected.type.js';

export type OpenKind = NotificationKind | '*' | 'unknown' | (string & {});

/** Every `typeMessage`, for kinds that have one. */
export type MessageTypeOf<Kind extends string> =
  OfKind<Kind> extends infer N
    ? N extends { messageData: unknown } | UnknownNotification
      ? MessageType | (string & {})
      : never
    : never;

type OneOrSeveral<Value> = Value | readonly Value[];

/** What notifications may have in a field; never if none of them has it. */
type TextIn<N, Field extends string> = N extends UnknownNotification
  ? string
  : N extends { readonly [F in Field]?: infer Value }
    ? Extract<Value, string>
    : never;

/** The conditions that make sense for notifications of these kinds. */
export interface FilterFor<Kind extends string, TypeMessage extends string> extends Omit<
  NotificationFilter,
  'typeMessage' | 'status' | 'stateInstance' | 'where'
> {
  /** `messageData.typeMessage`, one or several; it narrows what the method gets. */
  readonly typeMessage?: OneOrSeveral<TypeMessage>;
  /** `status` of `outgoingMessageStatus` and of calls, one or several. */
  readonly status?: OneOrSeveral<TextIn<OfKind<Kind>, 'status'>>;
  /** `stateInstance` of `stateInstanceChanged`, one or several. */
  readonly stateInstance?: OneOrSeveral<TextIn<OfKind<Kind>, 'stateInstance'>>;
  /**
   * Any other condition, asked last and at once: what it throws counts as a failure of the handler,
   * and it cannot be async.
   */
  readonly where?: (notification: Selected<Kind, TypeMessage>) => boolean;
}
