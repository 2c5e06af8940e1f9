import type { OutgoingApiMessage } from '../../notification/kind/message.notification.js';
import type { MessageType } from '../../notification/message/message-type.js';
import type { ContentOf, Known } from './message-data.js';
import { messageEnvelope } from './message-envelope.js';
import type { MessageFields } from './message.fields.js';

/**
 * A message that the account sent through the API.
 *
 * @param typeMessage what it is; one that this version does not know is possible, too
 * @param content what its payload holds, where it matters to the test
 * @param fields what surrounds it: chat, sender, instance, id, time, quoted message
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
