/** Stands for all in the options `allowedOrigins` and `allowedWebhookHosts`. */
export const ALL = '*';

/**
 * An origin as a browser sends it, such as `http://localhost:5173`; undefined if the text is none.
 * `null` is none: every page can have that origin.
 */
export function parseOrigin(text: string): string | undefined {
  const origin = text.toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\%]+$/.test(origin) || !URL.canParse(origin))
    return undefined;
  // For schemes that the URL standard does not know, such as that of a browser extension, it is
  // the string "null".
  const standard = new URL(origin).origin;
  return standard === 'null' ? origin : standard;
}
