import type { MessageData } from '../notification.types.js';
import { NOT_FORWARDED, THUMBNAIL } from './shared.fields.js';

/** The fields of a file; the others have defaults. */
export interface FileFields {
  /** `''` is possible, and `{{SWE002}}` for a file of more than 100 MB. */
  downloadUrl?: string;
  caption?: string;
  fileName?: string;
  mimeType?: string;
}

/** Builders of messages with a file. The URLs do not exist. */
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
