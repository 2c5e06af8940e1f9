import type { MessageEnvelope } from '../../notification/kind/message.notification.js';
import type { MessageType } from '../../notification/message/message-type.js';
import { type ContentOf, messageData, type Known } from './message-data.js';
import { defaultChat } from './default-chat.js';
import { instanceEnvelope } from './instance-envelope.js';
import type { MessageFields } from './message.fields.js';
import { newIdMessage } from './new-id-message.js';

/** A message without its direction. */
export function messageEnvelope<const TypeMessage extends MessageType | (string & {})>(
  typeMessage: TypeMessage,
  content: ContentOf<TypeMessage>,
  fields: MessageFields,
  isOwn: boolean,
): MessageEnvelope<Known<TypeMessage>> {
  const { idInstance, wid, typeInstance, timestamp, idMessage, quotedMessage, ...given } = fields;
  const envelope = instanceEnvelope({
    ...(idInstance !== undefined && { idInstance }),
    ...(wid !== undefined && { wid }),
    ...(typeInstance !== undefined && { typeInstance }),
    ...(timestamp !== undefined && { timestamp }),
  });
  const { chatId = defaultChat(envelope.instanceData), chatName = 'Ann' } = given;
  const isGroup = chatId.endsWith('@g.us') || chatId.startsWith('-');
  const other = isGroup ? defaultChat(envelope.instanceData) : chatId;
  return {
    ...envelope,
    idMessage: idMessage ?? newIdMessage(),
    senderData: {
      chatId,
      chatName,
      sender: isOwn ? envelope.instanceData.wid : other,
      senderName: isOwn ? 'Shop' : 'Ann',
      senderContactName: '',
      ...given,
    },
    messageData: messageData(typeMessage, content, quotedMessage),
  };
}
