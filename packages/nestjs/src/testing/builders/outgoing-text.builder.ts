import type { OutgoingMessage } from '../../notification/kind/message.notification.js';
import type { MessageFields } from './message.fields.js';
import { outgoingMessage } from './outgoing-message.builder.js';

/** A text that the account sent from its phone. */
export function outgoingText(
  text: string,
  fields: MessageFields = {},
): OutgoingMessage<'textMessage'> {
  return outgoingMessage('textMessage', { textMessage: text }, fields);
}
