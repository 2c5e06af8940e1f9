import secureJson from 'secure-json-parse';

/** Deeper than any notification, and far from a depth that overflows the call stack. */
const DEEPEST = 500;

/**
 * Far more than any notification has: a poll with twelve options in the largest WhatsApp group has a
 * quarter of it. Each part takes up to a hundred times its text in memory and a microsecond or more,
 * so ten times as many would hold up all other instances.
 */
const MOST_PARTS = 50_000;

/** Ids have up to twenty digits. To read millions of digits as one number takes a hundred milliseconds. */
const LONGEST_NUMBER = 1000;

/**
 * Parses JSON that came over the network. Removes keys that could change a prototype (`__proto__`,
 * `constructor.prototype`). Whole numbers beyond 2^53 become strings: in GREEN-API they are ids,
 * and JavaScript would change their last digits.
 *
 * @throws {SyntaxError} if the text is not JSON, is nested deeper than 500 levels, has a number of
 * more than 1,000 digits, or more than 50,000 parts: values, keys, and escaped quotes
 */
export function parseJson(text: string): unknown {
  if (!JSON_START.test(text)) throw new SyntaxError('not JSON');
  const { deepest, parts, longestNumber, unsafeNumbers } = scanJson(text, MOST_PARTS);
  if (deepest > DEEPEST) throw new SyntaxError(`nested deeper than ${DEEPEST} levels`);
  if (longestNumber > LONGEST_NUMBER) throw new SyntaxError('a number that is too long');
  if (parts > MOST_PARTS) throw new SyntaxError(`more than ${MOST_PARTS} parts`);
  const json = quoted(text, unsafeNumbers);
  return isHarmless(json)
    ? (JSON.parse(json) as unknown)
    : secureJson.parse(json, undefined, { protoAction: 'remove', constructorAction: 'remove' });
}

/** Whether no key can change a prototype: without escapes, a key is written as it is. */
function isHarmless(json: string): boolean {
  return !(
    json.includes('\\') ||
    json.includes('"__proto__"') ||
    json.includes('"constructor"') ||
    json.startsWith(BYTE_ORDER_MARK)
  );
}

/** To go through megabytes of anything else takes time. */
const JSON_START = /^\s*["[{\dtfn-]/;

/** `JSON.parse` refuses it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A part of a text, from `start` up to, but not including, `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** What `scanJson` finds in a JSON text. The text may be cut off. */
export interface JsonScan {
  /** How deep arrays and objects are nested. */
  readonly deepest: number;
  /**
   * Commas, colons and opening brackets outside strings, and escaped quotes inside: what the time
   * that parsing takes depends on.
   */
  readonly parts: number;
  /** How many characters the longest number has. */
  readonly longestNumber: number;
  /** Whether the text ends inside a string, an array or an object. */
  readonly isOpenAtEnd: boolean;
  /** Whole numbers that JavaScript cannot represent exactly. */
  readonly unsafeNumbers: readonly Span[];
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * Scans a JSON text once, from left to right, without parsing it. The time it takes is proportional
 * to the length of the text, whatever the text contains. Parsing comes later, because a text of
 * nothing but brackets takes a hundred times its size in memory when it is parsed, and a recursive
 * function that reads the result overflows the call stack.
 *
 * @param mostParts stops as soon as there are more
 */
export function scanJson(json: string, mostParts = Infinity): JsonScan {
  const unsafeNumbers: Span[] = [];
  let depth = 0;
  let deepest = 0;
  let parts = 0;
  let longestNumber = 0;
  let at = 0;
  while (at < json.length && parts <= mostParts) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      let end = json.indexOf('"', at + 1);
      while (end !== -1 && isEscaped(json, end) && parts <= mostParts) {
        parts += 1;
        end = json.indexOf('"', end + 1);
      }
      if (end === -1) return { deepest, parts, longestNumber, isOpenAtEnd: true, unsafeNumbers };
      at = end + 1;
    } else if (isDigit(code)) {
      const start = json.charCodeAt(at - 1) === MINUS ? at - 1 : at;
      at = endOfNumber(json, at);
      longestNumber = Math.max(longestNumber, at - start);
      if (isUnsafe(json, start, at)) unsafeNumbers.push({ start, end: at });
    } else {
      if (isOpening(code)) {
        parts += 1;
        deepest = Math.max(deepest, (depth += 1));
      } else if (isClosing(code)) depth -= 1;
      else if (code === COMMA || code === COLON) parts += 1;
      at += 1;
    }
  }
  return { deepest, parts, longestNumber, isOpenAtEnd: depth > 0, unsafeNumbers };
}

/** Whether the number of backslashes before this quote is odd. */
function isEscaped(json: string, quote: number): boolean {
  let backslashes = 0;
  while (json.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function endOfNumber(json: string, start: number): number {
  let at = start;
  while (at < json.length && isPartOfNumber(json.charCodeAt(at))) at += 1;
  return at;
}

/** Only whole numbers count: an id has neither a fraction nor an exponent. */
function isUnsafe(json: string, start: number, end: number): boolean {
  if (end - start < 16 || end - start > LONGEST_NUMBER) return false;
  const token = json.slice(start, end);
  return /^-?[1-9]\d+$/.test(token) && !Number.isSafeInteger(Number(token));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isPartOfNumber(code: number): boolean {
  // . + - e E
  return (
    isDigit(code) || code === 0x2e || code === 0x2b || code === MINUS || (code | 0x20) === 0x65
  );
}

function isOpening(code: number): boolean {
  // [ {
  return (code | 0x20) === 0x7b;
}

function isClosing(code: number): boolean {
  // ] }
  return (code | 0x20) === 0x7d;
}

function quoted(text: string, numbers: readonly Span[]): string {
  if (numbers.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of numbers) {
    parts.push(text.slice(at, start), '"', text.slice(start, end), '"');
    at = end;
  }
  return parts.join('') + text.slice(at);
}
