import type { MessageData, MessageType } from '../../notification/message/message-data.js';
import type { UnknownMessageType } from '../../notification/message/message-type.js';
import type { QuotedMessage } from '../../notification/message/quoted-message.js';
import { DEFAULT_CONTENT, type DocumentedType, type Payload } from './default-contents.js';

/** The `typeMessage` as the types know it. */
export type Known<TypeMessage extends string> = TypeMessage extends MessageType
  ? TypeMessage
  : UnknownMessageType;

/**
 * Fields of the payload, such as those of `fileMessageData`; of types that are not documented, of
 * `messageData` itself.
 */
export type ContentOf<TypeMessage extends string> = TypeMessage extends DocumentedType
  ? Partial<Payload<TypeMessage>>
  : Readonly<Record<string, unknown>>;

/** The `messageData` of this type: its defaults, with `content` put over them. */
export function messageData<const TypeMessage extends string>(
  typeMessage: TypeMessage,
  content: ContentOf<TypeMessage>,
  quotedMessage: QuotedMessage | undefined,
): MessageData<Known<TypeMessage>> {
  const defaults = Object.hasOwn(DEFAULT_CONTENT, typeMessage)
    ? DEFAULT_CONTENT[typeMessage as DocumentedType]
    : undefined;
  return {
    typeMessage,
    ...(defaults ? { [defaults.key]: { ...defaults.content, ...content } } : content),
    ...(quotedMessage && { quotedMessage }),
  } as unknown as MessageData<Known<TypeMessage>>;
}
