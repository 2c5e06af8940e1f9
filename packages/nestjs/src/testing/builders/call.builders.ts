import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './builder.types.js';
import { defaultChat, newIdMessage, notification } from './envelopes.js';

/** An incoming call. One call causes several of these notifications, with the same `idMessage`. */
export function incomingCall(
  status: NonNullable<NotificationOf<'incomingCall'>['status']> = 'offer',
  fields: FieldsOf<'incomingCall'> = {},
): NotificationOf<'incomingCall'> {
  return notification(
    'incomingCall',
    { from: defaultChat(fields), idMessage: newIdMessage(), status, isVideo: false },
    fields,
  );
}

/** An outgoing call. */
export function outgoingCall(
  status: NonNullable<NotificationOf<'outgoingCall'>['status']> = 'pickUp',
  fields: FieldsOf<'outgoingCall'> = {},
): NotificationOf<'outgoingCall'> {
  return notification(
    'outgoingCall',
    {
      from: defaultChat(fields),
      idMessage: newIdMessage(),
      status,
      isVideo: false,
      duration: 0,
      participants: [],
    },
    fields,
  );
}
