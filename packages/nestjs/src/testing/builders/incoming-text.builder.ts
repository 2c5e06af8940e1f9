import type { IncomingMessage } from '../../notification/kind/message.notification.js';
import { incomingMessage } from './incoming-message.builder.js';
import type { MessageFields } from './message.fields.js';

/** A text that the account received: `incomingText('hi', { chatId })`. */
export function incomingText(
  text: string,
  fields: MessageFields = {},
): IncomingMessage<'textMessage'> {
  return incomingMessage('textMessage', { textMessage: text }, fields);
}
