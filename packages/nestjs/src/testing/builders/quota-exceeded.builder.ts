import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './fields-of.type.js';
import { notification } from './notification.builder.js';

/** A limit of the tariff was reached. */
export function quotaExceeded(
  fields: FieldsOf<'quotaExceeded'> = {},
): NotificationOf<'quotaExceeded'> {
  return notification(
    'quotaExceeded',
    {
      quotaData: {
        method: 'correspondents',
        used: 3,
        total: 3,
        status: 'CORRESPONDENTS_QUOTA_EXCEEDED',
        description: 'Monthly quota has been exceeded',
      },
    },
    fields,
  );
}
