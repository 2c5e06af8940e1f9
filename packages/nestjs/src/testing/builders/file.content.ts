import type { FileData } from '../../notification/message/file.payload.js';
import type { DefaultContents } from './default-content.type.js';

const file = (fileName: string, mimeType: string): FileData => ({
  downloadUrl: `https://files.example.com/${fileName}`,
  caption: '',
  fileName,
  jpegThumbnail: '',
  mimeType,
  forwardingScore: 0,
  isForwarded: false,
});

export const FILE_CONTENT: DefaultContents<
  'imageMessage' | 'videoMessage' | 'documentMessage' | 'audioMessage' | 'stickerMessage'
> = {
  imageMessage: { key: 'fileMessageData', content: file('image.jpg', 'image/jpeg') },
  videoMessage: { key: 'fileMessageData', content: file('video.mp4', 'video/mp4') },
  documentMessage: { key: 'fileMessageData', content: file('document.pdf', 'application/pdf') },
  audioMessage: { key: 'fileMessageData', content: file('audio.ogg', 'audio/ogg; codecs=opus') },
  stickerMessage: {
    key: 'fileMessageData',
    content: { ...file('sticker.webp', 'image/webp'), isAnimated: false },
  },
};
