import type { OutgoingApiMessage } from '../../notification/kind/message.notification.js';
import type { MessageFields } from './message.fields.js';
import { outgoingApiMessage } from './outgoing-api-message.builder.js';

/** A text that the account sent through the API, which arrives as an extended text. */
export function outgoingApiText(
  text: string,
  fields: MessageFields = {},
): OutgoingApiMessage<'extendedTextMessage'> {
  return outgoingApiMessage('extendedTextMessage', { text }, fields);
}
