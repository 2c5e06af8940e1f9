import type { NotificationOf } from '../../notification/notification.js';
import { defaultChat } from './default-chat.js';
import type { FieldsOf } from './fields-of.type.js';
import { newIdMessage } from './new-id-message.js';
import { notification } from './notification.builder.js';

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
