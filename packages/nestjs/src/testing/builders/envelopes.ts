import type { MessageType } from '../../notification/message/message-data.js';
import { randomBytes } from 'node:crypto';

import type { InstanceData } from '../../notification/common/shared.payloads.js';
import type { MessageEnvelope } from '../../notification/kind/message.notification.js';
import type { NotificationOf } from '../../notification/notification.js';
import type { InstanceFields, MessageFields } from './builder.types.js';
import { type ContentOf, type Known, messageData } from './message-content.js';

export const DEFAULT_ID_INSTANCE = 1101000001;

/** The fields that all notifications have in common. */
function instanceEnvelope(fields: InstanceFields): {
  instanceData: InstanceData;
  timestamp: number;
} {
  const {
    idInstance = DEFAULT_ID_INSTANCE,
    wid = '79001230000@c.us',
    typeInstance = 'whatsapp',
    timestamp = Math.floor(Date.now() / 1000),
  } = fields;
  return { instanceData: { idInstance, wid, typeInstance }, timestamp };
}

/** The id of a private chat, in the format of the messenger. */
export function defaultChat({
  typeInstance = 'whatsapp',
}: {
  readonly typeInstance?: string;
}): string {
  return typeInstance === 'whatsapp' ? '79001230001@c.us' : '10000001';
}

/** A new, random message id. */
export function newIdMessage(): string {
  return `3EB0${randomBytes(8).toString('hex').toUpperCase()}`;
}

/** A message without `typeWebhook`, which depends on the direction. */
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

/** A notification that is not a message: common fields, then defaults, then the given fields. */
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
