import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './builder.types.js';
import { defaultChat, newIdMessage, notification } from './envelopes.js';

/** Somebody calls; one call yields several of these with one `idMessage`. */
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

/** The account calls somebody. */
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
