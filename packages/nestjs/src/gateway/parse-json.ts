import secureJson from 'secure-json-parse';

/**
 * Reads JSON that came over the network: keys that could reach a prototype (`__proto__`,
 * `constructor.prototype`) are left out. Throws a `SyntaxError` for anything that is not JSON.
 */
export function parseJson(text: string): unknown {
  return secureJson.parse(text, undefined, {
    protoAction: 'remove',
    constructorAction: 'remove',
  });
}
