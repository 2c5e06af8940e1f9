import type { MessageData, MessageType } from '../../notification/message/message-data.js';
import type { UnknownMessageType } from '../../notification/message/message-type.js';
import type { QuotedMessage } from '../../notification/message/quoted-message.js';
import { DEFAULT_CONTENT, type DocumentedType, type Payload } from './default-contents.js';

/** `TypeMessage` if it is documented, otherwise `UnknownMessageType`. */
export type Known<TypeMessage extends string> = TypeMessage extends MessageType
  ? TypeMessage
  : UnknownMessageType;

/**
 * The fields of the payload, such as those of `fileMessageData`. For types that are not documented,
 * the fields of `messageData` itself.
 */
export type ContentOf<TypeMessage extends string> = TypeMessage extends DocumentedType
  ? Partial<Payload<TypeMessage>>
  : Readonly<Record<string, unknown>>;

/** Builds the `messageData` of this type: `content` replaces the default fields. */
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
