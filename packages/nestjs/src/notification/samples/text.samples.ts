import type { Samples } from './samples.type.js';

const forwarding = { forwardingScore: 0, isForwarded: false };

export const textSamples: Samples<
  | 'textMessage'
  | 'extendedTextMessage'
  | 'quotedMessage'
  | 'reactionMessage'
  | 'editedMessage'
  | 'deletedMessage'
> = {
  textMessage: [
    { typeMessage: 'textMessage', textMessageData: { textMessage: 'Hello' } },
    {
      typeMessage: 'textMessage',
      textMessageData: { textMessage: 'Hello', isTemplateMessage: true, ...forwarding },
      quotedMessage: {
        stanzaId: '3EB0A1',
        participant: '79001230001@c.us',
        typeMessage: 'textMessage',
        textMessage: 'earlier',
      },
    },
    { typeMessage: 'textMessage', textMessageData: { textMessage: '{{SWE001}}' } },
  ],
  extendedTextMessage: [
    {
      typeMessage: 'extendedTextMessage',
      extendedTextMessageData: {
        text: 'https://example.com',
        description: '',
        title: 'Example',
        previewType: 'None',
        jpegThumbnail: '',
        ...forwarding,
      },
    },
    {
      typeMessage: 'extendedTextMessage',
      extendedTextMessageData: {
        text: 'from an advertisement',
        description: 'd',
        title: 't',
        jpegThumbnail: null,
        containsAutoReply: false,
        mediaType: '1',
        showAdAttribution: true,
        sourceId: '1',
        sourceType: 'ad',
        sourceUrl: 'https://example.com/ad',
        thumbnailUrl: 'https://example.com/ad.jpg',
        forwardingScore: 1,
        isForwarded: 'true',
      },
    },
  ],
  quotedMessage: [
    {
      typeMessage: 'quotedMessage',
      extendedTextMessageData: {
        text: 'An answer',
        stanzaId: '3EB0A2',
        participant: '79001230001@c.us',
        ...forwarding,
      },
      quotedMessage: {
        stanzaId: '3EB0A2',
        participant: '79001230001@c.us',
        typeMessage: 'extendedTextMessage',
        textMessage: 'https://example.com',
        extendedTextMessage: { description: '', title: '', previewType: '0', jpegThumbnail: null },
      },
    },
    {
      typeMessage: 'quotedMessage',
      extendedTextMessageData: { text: 'An answer on MAX', stanzaId: '115', participant: '1000' },
    },
  ],
  reactionMessage: [
    {
      typeMessage: 'reactionMessage',
      extendedTextMessageData: { text: '👍' },
      quotedMessage: { stanzaId: '3EB0A3', participant: '79001230001@c.us' },
    },
  ],
  editedMessage: [
    {
      typeMessage: 'editedMessage',
      editedMessageData: { textMessage: 'Corrected', stanzaId: '3EB0A4' },
    },
    {
      typeMessage: 'editedMessage',
      editedMessageData: { caption: 'Corrected caption', stanzaId: '3EB0A5', ...forwarding },
    },
  ],
  deletedMessage: [
    { typeMessage: 'deletedMessage', deletedMessageData: { stanzaId: '3EB0A6' } },
    {
      typeMessage: 'deletedMessage',
      deletedMessageData: { stanzaId: '3EB0A7', typeMessage: 'deletedMessage' },
    },
  ],
};
