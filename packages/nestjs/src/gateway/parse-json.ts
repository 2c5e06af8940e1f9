import secureJson from 'secure-json-parse';

/** Deeper than any notification, and far less deep than the call stack. */
const DEEPEST = 500;

/** A string, which is passed over, or a whole number token, fraction and exponent included. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG_WHOLE_NUMBER = /^-?[1-9]\d{15,}$/;

/**
 * Reads JSON that came over the network. Keys that could reach a prototype (`__proto__`,
 * `constructor.prototype`) are left out; whole numbers beyond 2^53 become strings, since the long
 * ones among GREEN-API's numbers are ids.
 *
 * @throws {SyntaxError} for what is not JSON, or is nested deeper than 500 levels
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
 * Looks at the nesting of a JSON text without parsing it: a text that does nothing but nest would
 * take up a hundred times its size in memory, and end whatever walks through it by recursion.
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
