const TOKEN_IN_PATH = /(\/waInstance[^/\s"']*\/[A-Za-z]+\/)[^/\s?"']+/gi;

/**
 * Removes tokens from a text: the given ones, and the token in every GREEN-API path. GREEN-API
 * repeats the request path in its error bodies.
 */
export function redact(text: string, ...tokens: readonly string[]): string {
  let clean = text;
  for (const token of tokens) {
    if (token === '') continue;
    clean = clean.replaceAll(token, '***').replaceAll(encodeURIComponent(token), '***');
  }
  return clean.replace(TOKEN_IN_PATH, '$1***');
}
