import { errorMarkerIn, errorMarkerInText } from './common/error-marker.js';
import { valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/**
 * The error that GREEN-API wrote in the place of a text, a file's url or a status description,
 * without its braces: `SWE001` (message not delivered to this device), `SWE002` (file larger than
 * 100 MB), `SWE003` (decryption failed), `SWE004` (group too large), `SWE999` (no keys).
 *
 * GREEN-API: Common errors
 */
export function errorMarkerOf(notification: Notification): string | undefined {
  const data = valueAt(notification, 'messageData');
  return (
    errorMarkerInText(valueAt(data, 'textMessageData', 'textMessage')) ??
    errorMarkerInText(valueAt(data, 'extendedTextMessageData', 'text')) ??
    errorMarkerIn(valueAt(data, 'fileMessageData', 'downloadUrl')) ??
    errorMarkerIn(valueAt(data, 'stickerMessageData', 'downloadUrl')) ??
    errorMarkerIn(valueAt(notification, 'description'))
  );
}
