import type { FileData } from './file.payload.js';
import type { MessageDataBase } from './message-data.base.js';

/**
 * An image, video, document or audio. Voice messages have been published under `documentMessage`:
 * look at `mimeType` too.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > ImageMessage
 */
export interface FileMessageData<
  TypeMessage extends 'imageMessage' | 'videoMessage' | 'documentMessage' | 'audioMessage',
> extends MessageDataBase<TypeMessage> {
  fileMessageData: FileData;
}

/**
 * A sticker. Telegram's pages disagree whether its file stands under `fileMessageData` or
 * `stickerMessageData`: `fileOf` finds both.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > StickerMessage
 */
export interface StickerMessageData extends MessageDataBase<'stickerMessage'> {
  fileMessageData?: FileData;
  stickerMessageData?: FileData;
}
