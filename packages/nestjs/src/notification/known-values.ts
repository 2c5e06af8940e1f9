import type { KnownIn } from './common/open-string.type.js';
import type { Message } from './kind/message.notification.js';
import { messageTypes } from './message/message-type.js';
import type { NotificationByKind, NotificationKind } from './notification.js';

/** The known values of a field in notifications of one kind. */
type KnownValue<
  Kind extends NotificationKind,
  Field extends string,
> = NotificationByKind[Kind] extends { readonly [F in Field]?: infer Value }
  ? KnownIn<Value>
  : never;

/**
 * The known values for every kind that has the field. The compiler reports a missing kind or value.
 */
type ValuesByKind<Field extends string> = {
  readonly [
    Kind in NotificationKind as [KnownValue<Kind, Field>] extends [never] ? never : Kind
  ]: Readonly<Record<KnownValue<Kind, Field>, true>>;
};

const statuses: ValuesByKind<'status'> = {
  outgoingMessageStatus: {
    sent: true,
    delivered: true,
    read: true,
    failed: true,
    fail: true,
    noAccount: true,
    notInGroup: true,
    yellowCard: true,
    noActiveSession: true,
  },
  incomingCall: { offer: true, pickUp: true, hangUp: true, missed: true, declined: true },
  outgoingCall: { pickUp: true, hungUp: true, invalid: true },
};

const states: ValuesByKind<'stateInstance'> = {
  stateInstanceChanged: {
    notAuthorized: true,
    authorized: true,
    blocked: true,
    starting: true,
    suspended: true,
    sleepMode: true,
    yellowCard: true,
    pendingCode: true,
    pendingPassword: true,
  },
};

const everyMessageType = Object.fromEntries(messageTypes.map((type) => [type, true]));

const typeMessages: Readonly<Record<Message['typeWebhook'], object>> = {
  incomingMessageReceived: everyMessageType,
  outgoingMessageReceived: everyMessageType,
  outgoingAPIMessageReceived: everyMessageType,
};

const BY_FIELD = { typeMessage: typeMessages, status: statuses, stateInstance: states };

/** A field whose values are known. */
export type FieldOfWords = keyof typeof BY_FIELD;

/**
 * The known values of a field in notifications of a kind; none if the kind does not have the field.
 */
export function knownValues(field: FieldOfWords, kind: NotificationKind): readonly string[] {
  const table: Readonly<Partial<Record<NotificationKind, object>>> = BY_FIELD[field];
  return Object.keys(table[kind] ?? {});
}
