import type { NotificationOf } from '../../notification/notification.js';
import { defaultChat } from './default-chat.js';
import type { FieldsOf } from './fields-of.type.js';
import { newIdMessage } from './new-id-message.js';
import { notification } from './notification.builder.js';

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
