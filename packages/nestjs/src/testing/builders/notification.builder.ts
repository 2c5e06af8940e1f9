import type { Notification, NotificationKind } from '../../notification/notification.js';
import { instanceEnvelope } from './instance-envelope.js';
import type { InstanceFields } from './instance.fields.js';

/** A notification of a kind without messages: the common part, the defaults, what was given. */
export function notification<N extends Notification>(
  typeWebhook: NotificationKind | (string & {}),
  defaults: Readonly<Record<string, unknown>>,
  fields: InstanceFields,
): N {
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
  } as unknown as N;
}
