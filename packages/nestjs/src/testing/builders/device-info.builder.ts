import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './fields-of.type.js';
import { notification } from './notification.builder.js';

/** The phone of the account. */
export function deviceInfo(fields: FieldsOf<'deviceInfo'> = {}): NotificationOf<'deviceInfo'> {
  return notification(
    'deviceInfo',
    {
      deviceData: {
        platform: 'android',
        deviceManufacturer: 'Acme',
        deviceModel: 'One',
        osVersion: '14',
        waVersion: '2.24.1',
        battery: 80,
      },
    },
    fields,
  );
}
