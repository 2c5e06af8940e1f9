/** Control and format characters, line separators, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A phone number has 7 to 15 digits (E.164), and people write it with spaces, dashes and brackets.
 * Longer numbers are ids.
 */
const PHONE_NUMBER = /(?<!\p{Nd})\+?\p{Nd}(?:[ ().-]{0,2}\p{Nd}){6,14}(?!\p{Nd})/gu;

/** Characters that are not shown, but would divide a number. */
const INVISIBLE = /\p{Cf}/gu;

/** Replaces each character that could move the cursor, start a line or hide text by its code. */
export function escaped(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    return `\\u{${code}}`;
  });
}

/**
 * Prepares text from outside for a log line or an error message: one short line without phone
 * numbers.
 *
 * @param longest in characters; the rest is left out
 */
export function printable(text: string, longest = 100): string {
  const short = text.slice(0, longest);
  const plain = short.normalize('NFKC').replace(INVISIBLE, '');
  const shown = escaped(plain.replace(PHONE_NUMBER, '***'));
  return short.length < text.length ? `${shown}…` : shown;
}

/** GREEN-API's ids of messages: 16 to 32 hexadecimal digits, or a number of 18 digits and more. */
const MESSAGE_ID = /^[0-9A-F]{16,40}$/;

/** Prepares the id of a message. The digits of a genuine one are no phone number. */
export function printableId(id: string): string {
  return MESSAGE_ID.test(id) ? id : printable(id);
}

/** Prepares a stack: what an error message contains cannot look like a log line of its own. */
export function printableStack(stack: string): string {
  const [first = '', ...rest] = stack.split('\n').map(escaped);
  return [first, ...rest.map((line) => (/^\s/.test(line) ? line : `    ${line}`))].join('\n');
}
