import type { MessageData, MessageDataByType } from '../../notification/message/message-data.js';
import type { MessageType } from '../../notification/message/message-type.js';
import type { QuotedMessage } from '../../notification/message/quoted-message.js';
import type { UnknownMessageType } from '../../notification/message/unknown-message.payload.js';
import { BUTTON_CONTENT } from './button.content.js';
import { CARD_CONTENT } from './card.content.js';
import type { DefaultContent, PayloadKeys } from './default-content.type.js';
import { FILE_CONTENT } from './file.content.js';
import { TEXT_CONTENT } from './text.content.js';

const CONTENT: { readonly [TypeMessage in keyof PayloadKeys]: DefaultContent<TypeMessage> } = {
  ...TEXT_CONTENT,
  ...FILE_CONTENT,
  ...CARD_CONTENT,
  ...BUTTON_CONTENT,
};

/** The `typeMessage` as the types know it. */
export type Known<TypeMessage extends string> = TypeMessage extends MessageType
  ? TypeMessage
  : UnknownMessageType;

/**
 * Fields of the payload, such as those of `fileMessageData`; of types that are not documented, of
 * `messageData` itself.
 */
export type ContentOf<TypeMessage extends string> = TypeMessage extends keyof PayloadKeys
  ? Partial<NonNullable<Field<MessageDataByType[TypeMessage], PayloadKeys[TypeMessage]>>>
  : Readonly<Record<string, unknown>>;

type Field<Data, Key> = Key extends keyof Data ? Data[Key] : never;

/** The `messageData` of this type: its defaults, with `content` put over them. */
export function messageData<const TypeMessage extends string>(
  typeMessage: TypeMessage,
  content: ContentOf<TypeMessage>,
  quotedMessage: QuotedMessage | undefined,
): MessageData<Known<TypeMessage>> {
  const defaults = Object.hasOwn(CONTENT, typeMessage)
    ? CONTENT[typeMessage as keyof PayloadKeys]
    : undefined;
  return {
    typeMessage,
    ...(defaults ? { [defaults.key]: { ...defaults.content, ...content } } : content),
    ...(quotedMessage && { quotedMessage }),
  } as unknown as MessageData<Known<TypeMessage>>;
}
