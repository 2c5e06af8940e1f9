/** The marker that a value written by GREEN-API begins with, with or without braces. */
export function errorMarkerIn(value: unknown): string | undefined {
  return markerBy(/^(?:\{\{)?(SWE\d{3})(?:\}\})?(?!\w)/, value);
}

/**
 * The marker in a place where people write too: what merely begins like a bare marker is their own
 * text.
 */
export function errorMarkerInText(value: unknown): string | undefined {
  return markerBy(/^\{\{(SWE\d{3})\}\}|^(SWE\d{3})$/, value);
}

function markerBy(pattern: RegExp, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const found = pattern.exec(value);
  return found?.[1] ?? found?.[2];
}
