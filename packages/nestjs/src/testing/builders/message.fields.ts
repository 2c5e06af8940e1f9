import type { SenderData } from '../../notification/common/sender-data.payload.js';
import type { QuotedMessage } from '../../notification/message/quoted-message.js';
import type { InstanceFields } from './instance.fields.js';

/** What surrounds the content of a message. */
export interface MessageFields extends InstanceFields, Partial<Readonly<SenderData>> {
  /** @default an id of its own for each message */
  readonly idMessage?: string;
  /** The message that this one answers or reacts to. */
  readonly quotedMessage?: QuotedMessage;
}
