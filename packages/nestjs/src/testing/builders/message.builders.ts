import type { MessageType } from '../../notification/message/message-data.js';
import type {
  IncomingMessage,
  OutgoingApiMessage,
  OutgoingMessage,
} from '../../notification/kind/message.notification.js';
import type { NotificationOf } from '../../notification/notification.js';
import type { FieldsOf, MessageFields } from './builder.types.js';
import { defaultChat, messageEnvelope, newIdMessage, notification } from './envelopes.js';
import type { ContentOf, Known } from './message-content.js';

/**
 * A message that the account received.
 *
 * @param typeMessage its type; unknown types are allowed too
 * @param content fields of its payload; the others have defaults
 * @param fields chat, sender, instance, id, time, quoted message; each has a default
 */
export function incomingMessage<const TypeMessage extends MessageType | (string & {})>(
  typeMessage: TypeMessage,
  content: ContentOf<TypeMessage> = {} as ContentOf<TypeMessage>,
  fields: MessageFields = {},
): IncomingMessage<Known<TypeMessage>> {
  return {
    typeWebhook: 'incomingMessageReceived',
    ...messageEnvelope(typeMessage, content, fields, false),
  };
}

/** A text message that the account received: `incomingText('hi', { chatId })`. */
export function incomingText(
  text: string,
  fields: MessageFields = {},
): IncomingMessage<'textMessage'> {
  return incomingMessage('textMessage', { textMessage: text }, fields);
}

/**
 * A message that the account sent from its phone.
 *
 * @param typeMessage its type; unknown types are allowed too
 * @param content fields of its payload; the others have defaults
 * @param fields chat, sender, instance, id, time, quoted message; each has a default
 */
export function outgoingMessage<const TypeMessage extends MessageType | (string & {})>(
  typeMessage: TypeMessage,
  content: ContentOf<TypeMessage> = {} as ContentOf<TypeMessage>,
  fields: MessageFields = {},
): OutgoingMessage<Known<TypeMessage>> {
  return {
    typeWebhook: 'outgoingMessageReceived',
    ...messageEnvelope(typeMessage, content, fields, true),
  };
}

/** A text message that the account sent from its phone. */
export function outgoingText(
  text: string,
  fields: MessageFields = {},
): OutgoingMessage<'textMessage'> {
  return outgoingMessage('textMessage', { textMessage: text }, fields);
}

/**
 * A message that the account sent through the API.
 *
 * @param typeMessage its type; unknown types are allowed too
 * @param content fields of its payload; the others have defaults
 * @param fields chat, sender, instance, id, time, quoted message; each has a default
 */
export function outgoingApiMessage<const TypeMessage extends MessageType | (string & {})>(
  typeMessage: TypeMessage,
  content: ContentOf<TypeMessage> = {} as ContentOf<TypeMessage>,
  fields: MessageFields = {},
): OutgoingApiMessage<Known<TypeMessage>> {
  return {
    typeWebhook: 'outgoingAPIMessageReceived',
    ...messageEnvelope(typeMessage, content, fields, true),
  };
}

/** A text message that the account sent through the API. It arrives as `extendedTextMessage`. */
export function outgoingApiText(
  text: string,
  fields: MessageFields = {},
): OutgoingApiMessage<'extendedTextMessage'> {
  return outgoingApiMessage('extendedTextMessage', { text }, fields);
}

/** The status of a sent message: `outgoingMessageStatus('read', { idMessage })`. */
export function outgoingMessageStatus(
  status: NotificationOf<'outgoingMessageStatus'>['status'],
  fields: FieldsOf<'outgoingMessageStatus'> = {},
): NotificationOf<'outgoingMessageStatus'> {
  return notification(
    'outgoingMessageStatus',
    { chatId: defaultChat(fields), idMessage: newIdMessage(), status, sendByApi: true },
    fields,
  );
}
