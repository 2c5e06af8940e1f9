import { errorMarkerInText } from './error-marker.js';
import { stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';
import { typeMessageOf } from './notification.accessors.js';

/** The fields of `messageData` that may contain a text, in the order in which they are checked. */
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

/** Types without a text of the sender: they contain an emoji, or the question of a poll. */
const wordless: ReadonlySet<string | undefined> = new Set(['reactionMessage', 'pollUpdateMessage']);

/**
 * The text that a person wrote, wherever GREEN-API puts it: the text of a message, the caption of a
 * file, the new text of an edited message, the label of a tapped button or chosen row, the body of
 * a message with buttons, or the question of a new poll.
 *
 * Undefined if there is no text. These count as no text: an empty string, the emoji of a reaction,
 * votes in a poll, and error markers such as `{{SWE001}}`, which `errorMarkerOf` returns. The text
 * of the quoted message is not used: see `quotedOf`.
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
