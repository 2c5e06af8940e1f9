import type { UnknownNotification } from '../../notification/kind/unknown.notification.js';
import type { InstanceFields } from './instance.fields.js';
import { notification } from './notification.builder.js';

/** A kind that this version does not know: `unknownNotification('storyViewed', { by: 'Ann' })`. */
export function unknownNotification(
  typeWebhook: string,
  content: Readonly<Record<string, unknown>> = {},
  fields: InstanceFields = {},
): UnknownNotification {
  return notification(typeWebhook, content, fields);
}
