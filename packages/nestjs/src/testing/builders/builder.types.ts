import type { SenderData, TypeInstance } from '../../notification/common/shared.payloads.js';
import type { QuotedMessage } from '../../notification/message/quoted-message.js';
import type { NotificationKind, NotificationOf } from '../../notification/notification.js';

/** The fields of every builder: the instance of the notification, and the time. */
export interface InstanceFields {
  /** @default 1101000001 */
  readonly idInstance?: number;
  /** @default '79001230000@c.us' */
  readonly wid?: string;
  /** @default 'whatsapp' */
  readonly typeInstance?: TypeInstance;
  /** UNIX seconds. @default now */
  readonly timestamp?: number;
}

/** The fields of a message besides its content. */
export interface MessageFields extends InstanceFields, Partial<Readonly<SenderData>> {
  /** @default a new id for each message */
  readonly idMessage?: string;
  /** The message that this one answers or reacts to. */
  readonly quotedMessage?: QuotedMessage;
}

type Distributed<N> = N extends unknown
  ? Omit<Partial<N>, 'typeWebhook' | 'instanceData' | 'timestamp'>
  : never;

/** The fields of a kind and those of every notification. All are optional. */
export type FieldsOf<Kind extends NotificationKind> = Distributed<NotificationOf<Kind>> &
  InstanceFields;
