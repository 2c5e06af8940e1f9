import type { ApiCall } from './api.method.js';

export type ParsedBody<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Parses a JSON body. The error message has the same wording as GREEN-API's. */
export function parseBody(text: string): ParsedBody {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: describe(error instanceof Error ? error.message : '', text) };
  }
}

/** The fields of a JSON or multipart body. */
export function fieldsOf({
  bodyText,
  form,
}: Pick<ApiCall, 'bodyText' | 'form'>): ParsedBody<Readonly<Record<string, unknown>>> {
  if (form) return { ok: true, value: Object.fromEntries(form) };
  const body = parseBody(bodyText);
  if (!body.ok) return body;
  const isObject = typeof body.value === 'object' && body.value !== null;
  return { ok: true, value: isObject ? { ...body.value } : {} };
}

/** Node's message contains the token or the position, but not always both. */
function describe(nodeMessage: string, text: string): string {
  const named = /Unexpected token '?(.)/su.exec(nodeMessage)?.[1];
  const position =
    /position (\d+)/.exec(nodeMessage)?.[1] ?? (named ? text.indexOf(named) : text.length);
  const token = named ?? text[Number(position)];
  if (token === undefined) return 'Unexpected end of JSON input';
  return `Unexpected token ${token} in JSON at position ${position}`;
}
