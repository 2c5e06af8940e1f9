import type { IncomingMessage } from '../kind/message.notification.js';
import type { MessageData, MessageType } from '../message/message-data.js';
import { buttonSamples } from './button.samples.js';
import { cardSamples } from './card.samples.js';
import { fileSamples } from './file.samples.js';
import type { Samples } from './samples.type.js';
import { textSamples } from './text.samples.js';

/** At least one `messageData` for every known type. */
export const messageSamples: Samples<MessageType> = {
  ...textSamples,
  ...fileSamples,
  ...cardSamples,
  ...buttonSamples,
  orderMessage: [{ typeMessage: 'orderMessage', orderMessageData: { total: 1 } }],
  productMessage: [{ typeMessage: 'productMessage' }],
  pollCreationMessage: [{ typeMessage: 'pollCreationMessage' }],
  liveLocationMessage: [{ typeMessage: 'liveLocationMessage', anything: [] }],
  pinInChatMessage: [{ typeMessage: 'pinInChatMessage' }],
  keepInChat: [{ typeMessage: 'keepInChat' }],
};

/** A received message with this content. */
export function incoming(messageData: MessageData): IncomingMessage {
  return {
    typeWebhook: 'incomingMessageReceived',
    instanceData: { idInstance: 1101000001, wid: '79001230000@c.us', typeInstance: 'whatsapp' },
    timestamp: 1700000000,
    idMessage: '3EB0C0FFEE',
    senderData: {
      chatId: '79001230001@c.us',
      chatName: 'Ann',
      sender: '79001230001@c.us',
      senderName: 'Ann',
      senderContactName: '',
    },
    messageData,
  };
}
