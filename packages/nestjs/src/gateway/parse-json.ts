import secureJson from 'secure-json-parse';

/** Deeper than any notification, and far from a depth that overflows the call stack. */
const DEEPEST = 500;

/** A string, which stays unchanged, or a complete number, including its fraction and exponent. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG_WHOLE_NUMBER = /^-?[1-9]\d{15,}$/;

/**
 * Parses JSON that came over the network. Removes keys that could change a prototype (`__proto__`,
 * `constructor.prototype`). Whole numbers beyond 2^53 become strings: in GREEN-API they are ids,
 * and JavaScript would change their last digits.
 *
 * @throws {SyntaxError} if the text is not JSON, or is nested deeper than 500 levels
 */
export function parseJson(text: string): unknown {
  if (jsonNesting(text).deepest > DEEPEST)
    throw new SyntaxError(`nested deeper than ${DEEPEST} levels`);
  return secureJson.parse(withLongNumbersQuoted(text), undefined, {
    protoAction: 'remove',
    constructorAction: 'remove',
  });
}

function withLongNumbersQuoted(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(STRING_OR_NUMBER, (token) =>
    LONG_WHOLE_NUMBER.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** How the arrays and objects of a JSON text are nested. */
export interface JsonNesting {
  readonly deepest: number;
  /** Whether the text ends inside a string, an array or an object. */
  readonly isOpenAtEnd: boolean;
}

/**
 * Measures the nesting of a JSON text without parsing it. If a text consisted only of brackets, its
 * parsed value would take a hundred times as much memory, and any recursive function that reads the
 * value would overflow the call stack.
 */
export function jsonNesting(json: string): JsonNesting {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (OPENING.has(code)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(code)) depth -= 1;
  }
  return { deepest, isOpenAtEnd: inString || depth > 0 };
}
