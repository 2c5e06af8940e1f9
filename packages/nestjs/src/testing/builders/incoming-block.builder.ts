import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './fields-of.type.js';
import { notification } from './notification.builder.js';

/** Somebody blocked the account. */
export function incomingBlock(
  fields: FieldsOf<'incomingBlock'> = {},
): NotificationOf<'incomingBlock'> {
  return notification(
    'incomingBlock',
    { chatId: '10000000000@c.us', chatState: 'blocked' },
    fields,
  );
}
