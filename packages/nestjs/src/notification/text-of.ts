import { errorMarkerInText } from './error-marker.js';
import { stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';
import { typeMessageOf } from './notification.accessors.js';

/** Where words stand in `messageData`, in the order of looking. */
const places: readonly (readonly [payload: string, field: string])[] = [
  ['textMessageData', 'textMessage'],
  ['extendedTextMessageData', 'text'],
  ['fileMessageData', 'caption'],
  ['stickerMessageData', 'caption'],
  ['editedMessageData', 'textMessage'],
  ['editedMessageData', 'caption'],
  ['buttonsResponseMessage', 'selectedButtonText'],
  ['templateButtonReplyMessage', 'selectedDisplayText'],
  ['interactiveButtonsResponse', 'selectedDisplayText'],
  ['listResponseMessage', 'title'],
  ['buttonsMessage', 'contentText'],
  ['listMessage', 'contentText'],
  ['templateMessage', 'contentText'],
  ['messageData', 'contentText'],
  ['interactiveButtons', 'contentText'],
  ['interactiveButtons', 'body'],
  ['interactiveButtonsReply', 'contentText'],
  ['interactiveButtonsReply', 'body'],
  ['groupInviteMessageData', 'caption'],
  ['pollMessageData', 'name'],
  ['pollCreationMessage', 'name'],
];

/** Their words are not a text of the sender: an emoji, and the question of somebody's poll. */
const wordless: ReadonlySet<string | undefined> = new Set(['reactionMessage', 'pollUpdateMessage']);

/**
 * What a person wrote, wherever GREEN-API puts it: a text, the caption of a file, the new text of
 * an edited message, the words on a tapped button or chosen row, the body of a message with
 * buttons, or the question of a new poll.
 *
 * Undefined when there is no text: an empty string counts as none, and so do the emoji of a
 * reaction, votes in a poll and error markers such as `{{SWE001}}`, which `errorMarkerOf` gives.
 * The quoted message's own text is not looked at: `quotedOf` has it.
 */
export function textOf(notification: Notification): string | undefined {
  if (wordless.has(typeMessageOf(notification))) return undefined;
  const data = valueAt(notification, 'messageData');
  for (const [payload, field] of places) {
    const text = stringAt(data, payload, field);
    if (text !== undefined) return errorMarkerInText(text) === undefined ? text : undefined;
  }
  return undefined;
}
