import { errorMarkerIn } from './error-marker.js';
import { stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/** A file that can be downloaded. */
export interface AttachedFile {
  downloadUrl: string;
  /** Reliable for documents only. */
  fileName?: string;
  /**
   * More reliable than `typeMessage`: GREEN-API's pages show voice messages as `documentMessage`.
   */
  mimeType?: string;
  caption?: string;
}

/**
 * The file of an image, video, document, audio or sticker message. Undefined if there is no file to
 * download. This includes files larger than 100 MB: GREEN-API sends `{{SWE002}}` instead of their
 * URL, and `errorMarkerOf` returns `SWE002`.
 */
export function fileOf(notification: Notification): AttachedFile | undefined {
  const data = valueAt(notification, 'messageData');
  return fileIn(valueAt(data, 'fileMessageData')) ?? fileIn(valueAt(data, 'stickerMessageData'));
}

function fileIn(payload: unknown): AttachedFile | undefined {
  const downloadUrl = stringAt(payload, 'downloadUrl');
  if (downloadUrl === undefined || errorMarkerIn(downloadUrl) !== undefined) return undefined;
  const fileName = stringAt(payload, 'fileName');
  const mimeType = stringAt(payload, 'mimeType');
  const caption = stringAt(payload, 'caption');
  return {
    downloadUrl,
    ...(fileName !== undefined && { fileName }),
    ...(mimeType !== undefined && { mimeType }),
    ...(caption !== undefined && { caption }),
  };
}
