import { valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/**
 * The error marker that GREEN-API sent instead of a text, a file URL or a status description,
 * without its braces: `SWE001` (message not delivered to this device), `SWE002` (file larger than
 * 100 MB), `SWE003` (decryption failed), `SWE004` (group too large), `SWE999` (no keys). Undefined
 * if there is none.
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

/** The marker at the start of a value that only GREEN-API writes, with or without braces. */
export function errorMarkerIn(value: unknown): string | undefined {
  return markerBy(/^(?:\{\{)?(SWE\d{3})(?:\}\})?(?!\w)/, value);
}

/**
 * The marker in a field that people write, too. A marker without braces counts only if it is the
 * whole value: otherwise a person wrote it.
 */
export function errorMarkerInText(value: unknown): string | undefined {
  return markerBy(/^\{\{(SWE\d{3})\}\}|^(SWE\d{3})$/, value);
}

function markerBy(pattern: RegExp, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const found = pattern.exec(value);
  return found?.[1] ?? found?.[2];
}
