import type { NotificationOf } from '../../notification/notification.js';
import { instanceEnvelope } from './instance-envelope.js';
import type { InstanceFields } from './instance.fields.js';

/** A notification of a kind without messages: the common part, the defaults, what was given. */
export function notification<Kind extends string>(
  typeWebhook: Kind,
  defaults: Readonly<Record<string, unknown>>,
  fields: InstanceFields,
): NotificationOf<Kind> {
  const { idInstance, wid, typeInstance, timestamp, ...given } = fields;
  return {
    typeWebhook,
    ...instanceEnvelope({
      ...(idInstance !== undefined && { idInstance }),
      ...(wid !== undefined && { wid }),
      ...(typeInstance !== undefined && { typeInstance }),
      ...(timestamp !== undefined && { timestamp }),
    }),
    ...defaults,
    ...given,
  } as unknown as NotificationOf<Kind>;
}
