import type { UnknownNotification } from '../../notification/kind/unknown.notification.js';
import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf, InstanceFields } from './builder.types.js';
import { notification } from './envelopes.js';

/** The state of the instance changed, for example to `authorized` or `notAuthorized`. */
export function stateInstanceChanged(
  stateInstance: NotificationOf<'stateInstanceChanged'>['stateInstance'] = 'authorized',
  fields: FieldsOf<'stateInstanceChanged'> = {},
): NotificationOf<'stateInstanceChanged'> {
  return notification('stateInstanceChanged', { stateInstance }, fields);
}

/** The connection between GREEN-API and the messenger went online or offline. */
export function statusInstanceChanged(
  statusInstance: NotificationOf<'statusInstanceChanged'>['statusInstance'] = 'online',
  fields: FieldsOf<'statusInstanceChanged'> = {},
): NotificationOf<'statusInstanceChanged'> {
  return notification('statusInstanceChanged', { statusInstance }, fields);
}

/** Information about the phone of the account. */
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

/** A contact blocked the account. */
export function incomingBlock(
  fields: FieldsOf<'incomingBlock'> = {},
): NotificationOf<'incomingBlock'> {
  return notification(
    'incomingBlock',
    { chatId: '10000000000@c.us', chatState: 'blocked' },
    fields,
  );
}

/** A limit of the GREEN-API tariff was reached. */
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

/** A notification of an unknown kind: `unknownNotification('storyViewed', { by: 'Ann' })`. */
export function unknownNotification(
  typeWebhook: string,
  content: Readonly<Record<string, unknown>> = {},
  fields: InstanceFields = {},
): UnknownNotification {
  return notification(typeWebhook, content, fields);
}
