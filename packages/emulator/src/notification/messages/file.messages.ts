import type { MessageData } from '../message.data.js';
import type { FileFields } from './file.fields.js';
import { NOT_FORWARDED } from './not-forwarded.js';
import { THUMBNAIL } from './thumbnail.js';

/** Builders of messages that carry a file. The URLs lead nowhere. */
export const fileMessages = {
  image: (fields: FileFields = {}): MessageData =>
    file('imageMessage', { fileName: 'photo.jpg', mimeType: 'image/jpeg', ...fields }, THUMBNAIL),

  video: (fields: FileFields = {}): MessageData =>
    file('videoMessage', { fileName: 'clip.mp4', mimeType: 'video/mp4', ...fields }, THUMBNAIL),

  document: (fields: FileFields = {}): MessageData =>
    file('documentMessage', { fileName: 'invoice.pdf', mimeType: 'application/pdf', ...fields }),

  audio: (fields: FileFields = {}): MessageData =>
    file('audioMessage', { fileName: 'voice.oga', mimeType: 'audio/ogg; codecs=opus', ...fields }),

  sticker: (fields: FileFields & { isAnimated?: boolean } = {}): MessageData => {
    const named = { fileName: 'sticker.webp', mimeType: 'image/webp', isAnimated: false };
    return file('stickerMessage', { ...named, ...fields }, THUMBNAIL);
  },
};

function file(typeMessage: string, fields: FileFields, jpegThumbnail = ''): MessageData {
  const downloadUrl = `https://storage.example/green-api/${fields.fileName ?? 'file'}`;
  return {
    typeMessage,
    fileMessageData: { downloadUrl, caption: '', jpegThumbnail, ...NOT_FORWARDED, ...fields },
  };
}
