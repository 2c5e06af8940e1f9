import secureJson from 'secure-json-parse';

/** Deeper than any notification, and far from a depth that overflows the call stack. */
const DEEPEST = 500;

/**
 * Far more than any notification has. Each value takes up to a hundred times its text in memory: `{}`
 * a million times over would take up 60 MB.
 */
const MOST_VALUES = 100_000;

/**
 * Parses JSON that came over the network. Removes keys that could change a prototype (`__proto__`,
 * `constructor.prototype`). Whole numbers beyond 2^53 become strings: in GREEN-API they are ids,
 * and JavaScript would change their last digits.
 *
 * @throws {SyntaxError} if the text is not JSON, is nested deeper than 500 levels, or has more than
 * 100,000 values
 */
export function parseJson(text: string): unknown {
  const { deepest, separators, unsafeNumbers } = scanJson(text);
  if (deepest > DEEPEST) throw new SyntaxError(`nested deeper than ${DEEPEST} levels`);
  if (separators > MOST_VALUES) throw new SyntaxError(`more than ${MOST_VALUES} values`);
  return secureJson.parse(quoted(text, unsafeNumbers), undefined, {
    protoAction: 'remove',
    constructorAction: 'remove',
  });
}

/** A part of a text, from `start` up to, but not including, `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** What `scanJson` finds in a JSON text. The text may be cut off. */
export interface JsonScan {
  /** How deep arrays and objects are nested. */
  readonly deepest: number;
  /** Commas, colons and opening brackets outside strings: nearly as many as there are values. */
  readonly separators: number;
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
 */
export function scanJson(json: string): JsonScan {
  const unsafeNumbers: Span[] = [];
  let depth = 0;
  let deepest = 0;
  let separators = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(json, at + 1);
      if (end === undefined) return { deepest, separators, isOpenAtEnd: true, unsafeNumbers };
      at = end;
    } else if (isDigit(code)) {
      const start = json.charCodeAt(at - 1) === MINUS ? at - 1 : at;
      at = endOfNumber(json, at);
      if (isUnsafe(json, start, at)) unsafeNumbers.push({ start, end: at });
    } else {
      if (isOpening(code)) {
        separators += 1;
        deepest = Math.max(deepest, (depth += 1));
      } else if (isClosing(code)) depth -= 1;
      else if (code === COMMA || code === COLON) separators += 1;
      at += 1;
    }
  }
  return { deepest, separators, isOpenAtEnd: depth > 0, unsafeNumbers };
}

/** The index after the quote that ends the string; undefined if the string does not end. */
function endOfString(json: string, start: number): number | undefined {
  let quote = json.indexOf('"', start);
  while (quote !== -1) {
    let backslashes = 0;
    while (json.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    quote = json.indexOf('"', quote + 1);
  }
  return undefined;
}

function endOfNumber(json: string, start: number): number {
  let at = start;
  while (at < json.length && isPartOfNumber(json.charCodeAt(at))) at += 1;
  return at;
}

/** Only whole numbers count: an id has neither a fraction nor an exponent. */
function isUnsafe(json: string, start: number, end: number): boolean {
  if (end - start < 16) return false;
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
