/** A JSON object of which nothing is known. */
export type UntrustedObject = Readonly<Record<string, unknown>>;

export function isUntrustedObject(value: unknown): value is UntrustedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at the end of `path`, or `undefined` where any level of it is missing or no object. */
export function valueAt(root: unknown, ...path: readonly string[]): unknown {
  let value = root;
  for (const field of path) {
    if (!isUntrustedObject(value) || !Object.hasOwn(value, field)) return undefined;
    value = value[field];
  }
  return value;
}

/** A string that says something: the empty one counts as missing. */
export function stringAt(root: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * An identifier as a string, also where a number was sent for it, unless its last digits are lost
 * already.
 */
export function idAt(root: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(root, ...path);
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
