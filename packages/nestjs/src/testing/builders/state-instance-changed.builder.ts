import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf } from './fields-of.type.js';
import { notification } from './notification.builder.js';

/** The account of an instance was authorised, or is no longer. */
export function stateInstanceChanged(
  stateInstance: NotificationOf<'stateInstanceChanged'>['stateInstance'] = 'authorized',
  fields: FieldsOf<'stateInstanceChanged'> = {},
): NotificationOf<'stateInstanceChanged'> {
  return notification('stateInstanceChanged', { stateInstance }, fields);
}
