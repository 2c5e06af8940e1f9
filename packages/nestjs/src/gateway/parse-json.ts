import secureJson from 'secure-json-parse';

import { jsonNesting } from './json-nesting.js';

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
