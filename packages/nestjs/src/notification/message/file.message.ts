import type { Base64Jpeg, Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** Fields of an attached file. */
export interface FileData extends Forwarding {
  /**
   * URL of the file. May be empty, or `{{SWE002}}` if the file is larger than 100 MB: `fileOf`
   * returns undefined in both cases.
   */
  downloadUrl: string;
  caption?: string;
  /** Reliable for documents only. */
  fileName?: string;
  mimeType?: string;
  jpegThumbnail?: Base64Jpeg;
  isAnimated?: boolean;
  /** Videos only: a round video note. */
  videoNote?: boolean;
}

/**
 * An image, video, document or audio. GREEN-API's pages show voice messages as `documentMessage`,
 * so check `mimeType`, too.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > ImageMessage
 */
export interface FileMessageData<
  TypeMessage extends 'imageMessage' | 'videoMessage' | 'documentMessage' | 'audioMessage',
> extends MessageDataBase<TypeMessage> {
  fileMessageData: FileData;
}

/**
 * A sticker. On GREEN-API's Telegram pages, its file is in `fileMessageData` or in
 * `stickerMessageData`: `fileOf` finds both.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message > StickerMessage
 */
export interface StickerMessageData extends MessageDataBase<'stickerMessage'> {
  fileMessageData?: FileData;
  stickerMessageData?: FileData;
}
