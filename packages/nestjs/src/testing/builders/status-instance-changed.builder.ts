import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './fields-of.type.js';
import { notification } from './notification.builder.js';

/** The socket between GREEN-API and the messenger came up or went down. */
export function statusInstanceChanged(
  statusInstance: NotificationOf<'statusInstanceChanged'>['statusInstance'] = 'online',
  fields: FieldsOf<'statusInstanceChanged'> = {},
): NotificationOf<'statusInstanceChanged'> {
  return notification('statusInstanceChanged', { statusInstance }, fields);
}
