import type { Base64Jpeg, Forwarding } from '../common/shared.payloads.js';
import type { MessageDataBase } from './message-data.base.js';

/** Fields of an attached file. */
export interface FileData extends Forwarding {
  /**
   * Where to fetch the file; empty, or `{{SWE002}}` when it is larger than 100 MB. `fileOf` tells
   * them apart.
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
