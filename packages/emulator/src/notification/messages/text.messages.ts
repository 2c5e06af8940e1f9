import type { MessageData } from '../notification.types.js';
import { NOT_FORWARDED, THUMBNAIL } from './shared.fields.js';

/** Builders of text messages, and of messages that refer to another one by its id (`stanzaId`). */
export const textMessages = {
  text: (textMessage: string): MessageData => ({
    typeMessage: 'textMessage',
    textMessageData: { textMessage },
  }),

  extendedText: (text: string, link?: { title?: string; description?: string }): MessageData => ({
    typeMessage: 'extendedTextMessage',
    extendedTextMessageData: {
      text,
      description: link?.description ?? '',
      title: link?.title ?? '',
      previewType: 'None',
      jpegThumbnail: link ? THUMBNAIL : '',
      ...NOT_FORWARDED,
    },
  }),

  quoted: (text: string, quoted: { stanzaId: string; participant: string }): MessageData => ({
    typeMessage: 'quotedMessage',
    extendedTextMessageData: { text, ...quoted },
    quotedMessage: { ...quoted, typeMessage: 'textMessage', textMessage: 'What time suits you?' },
  }),

  /** @param emoji an empty string probably removes the reaction; that is not documented */
  reaction: (emoji: string, quoted: { stanzaId: string; participant: string }): MessageData => ({
    typeMessage: 'reactionMessage',
    extendedTextMessageData: { text: emoji },
    quotedMessage: { ...quoted },
  }),

  edited: (textMessage: string, stanzaId: string): MessageData => ({
    typeMessage: 'editedMessage',
    editedMessageData: { textMessage, stanzaId },
  }),

  deleted: (stanzaId: string): MessageData => ({
    typeMessage: 'deletedMessage',
    deletedMessageData: { stanzaId },
  }),
};
