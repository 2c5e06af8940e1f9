/** On every answer of GREEN-API's own, though not on those of the proxy before it. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
};
