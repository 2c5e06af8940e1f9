import type { DefaultContents } from './default-content.type.js';

export const TEXT_CONTENT: DefaultContents<
  | 'textMessage'
  | 'extendedTextMessage'
  | 'quotedMessage'
  | 'reactionMessage'
  | 'editedMessage'
  | 'deletedMessage'
> = {
  textMessage: { key: 'textMessageData', content: { textMessage: 'Hello' } },
  extendedTextMessage: {
    key: 'extendedTextMessageData',
    content: {
      text: 'https://example.com',
      description: '',
      title: '',
      previewType: 'None',
      jpegThumbnail: '',
      forwardingScore: 0,
      isForwarded: false,
    },
  },
  quotedMessage: {
    key: 'extendedTextMessageData',
    content: { text: 'Yes', stanzaId: '3EB0A1B2C3', participant: '79001230000@c.us' },
  },
  reactionMessage: { key: 'extendedTextMessageData', content: { text: '👍' } },
  editedMessage: {
    key: 'editedMessageData',
    content: { textMessage: 'Hello again', stanzaId: '3EB0A1B2C3' },
  },
  deletedMessage: { key: 'deletedMessageData', content: { stanzaId: '3EB0A1B2C3' } },
};
