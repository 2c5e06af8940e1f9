import type { FileData } from '../message/file.message.js';
import type { Samples } from './samples.type.js';

const file: FileData = {
  downloadUrl: 'https://example.com/file',
  caption: 'A caption',
  fileName: 'file.bin',
  jpegThumbnail: '/9j/4AAQ',
  mimeType: 'application/octet-stream',
  forwardingScore: 0,
  isForwarded: false,
};

export const fileSamples: Samples<
  'imageMessage' | 'videoMessage' | 'documentMessage' | 'audioMessage' | 'stickerMessage'
> = {
  imageMessage: [
    { typeMessage: 'imageMessage', fileMessageData: file },
    { typeMessage: 'imageMessage', fileMessageData: { ...file, isAnimated: false } },
    {
      typeMessage: 'imageMessage',
      fileMessageData: { downloadUrl: '', caption: '' },
      quotedMessage: {
        stanzaId: '3EB0B1',
        participant: '79001230001@c.us',
        typeMessage: 'locationMessage',
        location: {
          nameLocation: '',
          address: '',
          jpegThumbnail: '',
          latitude: 44.9370129,
          longitude: 89.8728409,
        },
      },
    },
  ],
  videoMessage: [
    { typeMessage: 'videoMessage', fileMessageData: { ...file, videoNote: true } },
    {
      typeMessage: 'videoMessage',
      fileMessageData: file,
      quotedMessage: {
        stanzaId: '3EB0B2',
        participant: '79001230001@c.us',
        typeMessage: 'contactMessage',
        contact: { displayName: 'Ann', vcard: 'BEGIN:VCARD' },
      },
    },
  ],
  documentMessage: [
    { typeMessage: 'documentMessage', fileMessageData: file },
    {
      typeMessage: 'documentMessage',
      fileMessageData: { ...file, downloadUrl: '{{SWE002}}', mimeType: 'audio/ogg; codecs=opus' },
    },
  ],
  audioMessage: [
    {
      typeMessage: 'audioMessage',
      fileMessageData: {
        downloadUrl: 'https://example.com/voice.oga',
        fileName: 'voice.oga',
        mimeType: 'audio/ogg',
        forwardingScore: 0,
        isForwarded: false,
      },
      quotedMessage: {
        stanzaId: '3EB0B3',
        participant: '79001230001@c.us',
        typeMessage: 'audioMessage',
        downloadUrl: '',
        caption: '',
        jpegThumbnail: '',
        fileName: 'a.oga',
        mimeType: 'audio/ogg',
      },
    },
  ],
  stickerMessage: [
    {
      typeMessage: 'stickerMessage',
      fileMessageData: { ...file, isAnimated: false, mimeType: 'image/webp' },
      quotedMessage: { stanzaId: '3EB0B4', participant: '79001230001@c.us' },
    },
    {
      typeMessage: 'stickerMessage',
      stickerMessageData: {
        downloadUrl: 'https://example.com/AnimatedSticker.tgs',
        fileName: 'AnimatedSticker.tgs',
        jpegThumbnail: '',
        mimeType: 'application/x-tgsticker',
        isAnimated: true,
        forwardingScore: 0,
        isForwarded: false,
      },
    },
  ],
};
