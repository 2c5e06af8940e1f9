export type ParsedBody =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Parses a JSON body; the message of a failure is worded as GREEN-API words it. */
export function parseBody(text: string): ParsedBody {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: describe(error instanceof Error ? error.message : '', text) };
  }
}

/** Node names the token or the position, not always both. */
function describe(said: string, text: string): string {
  const named = /Unexpected token '?(.)/su.exec(said)?.[1];
  const position = /position (\d+)/.exec(said)?.[1] ?? (named ? text.indexOf(named) : text.length);
  const token = named ?? text[Number(position)];
  if (token === undefined) return 'Unexpected end of JSON input';
  return `Unexpected token ${token} in JSON at position ${position}`;
}
