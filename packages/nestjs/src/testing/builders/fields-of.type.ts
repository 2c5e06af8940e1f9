import type { NotificationKind, NotificationOf } from '../../notification/notification.js';
import type { InstanceFields } from './instance.fields.js';

type Distributed<N> = N extends unknown
  ? Omit<Partial<N>, 'typeWebhook' | 'instanceData' | 'timestamp'>
  : never;

/** The fields of a kind, none of which a test has to give, and those of every notification. */
export type FieldsOf<Kind extends NotificationKind> = Distributed<NotificationOf<Kind>> &
  InstanceFields;
