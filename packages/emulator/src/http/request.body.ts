export type ParsedBody =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Parses a JSON body; the message of a failure is worded as GREEN-API words it. */
export function parseBody(text: string): ParsedBody {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const position = /position (\d+)/.exec(said)?.[1] ?? String(text.length);
    const token = text[Number(position)] ?? '';
    return { ok: false, message: `Unexpected token ${token} in JSON at position ${position}` };
  }
}
