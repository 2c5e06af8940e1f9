import type { NotificationOf } from '../../notification/notification.js';
import { defaultChat } from './default-chat.js';
import type { FieldsOf } from './fields-of.type.js';
import { newIdMessage } from './new-id-message.js';
import { notification } from './notification.builder.js';

/** How far a sent message got: `outgoingMessageStatus('read', { idMessage })`. */
export function outgoingMessageStatus(
  status: NotificationOf<'outgoingMessageStatus'>['status'],
  fields: FieldsOf<'outgoingMessageStatus'> = {},
): NotificationOf<'outgoingMessageStatus'> {
  return notification(
    'outgoingMessageStatus',
    { chatId: defaultChat(fields), idMessage: newIdMessage(), status, sendByApi: true },
    fields,
  );
}
