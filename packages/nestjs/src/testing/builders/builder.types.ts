import type { SenderData, TypeInstance } from '../../notification/common/shared.payloads.js';
import type { QuotedMessage } from '../../notification/message/quoted-message.js';
import type { NotificationKind, NotificationOf } from '../../notification/notification.js';

/** What every builder takes: which instance a notification is from, and when it was sent. */
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

/** What surrounds the content of a message. */
export interface MessageFields extends InstanceFields, Partial<Readonly<SenderData>> {
  /** @default an id of its own for each message */
  readonly idMessage?: string;
  /** The message that this one answers or reacts to. */
  readonly quotedMessage?: QuotedMessage;
}

type Distributed<N> = N extends unknown
  ? Omit<Partial<N>, 'typeWebhook' | 'instanceData' | 'timestamp'>
  : never;

/** The fields of a kind, none of which a test has to give, and those of every notification. */
export type FieldsOf<Kind extends NotificationKind> = Distributed<NotificationOf<Kind>> &
  InstanceFields;
