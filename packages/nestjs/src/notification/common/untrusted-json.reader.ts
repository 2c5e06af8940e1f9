/** A JSON object whose fields have not been validated. */
export type UntrustedObject = Readonly<Record<string, unknown>>;

export function isUntrustedObject(value: unknown): value is UntrustedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at `path`, or `undefined` if any level of it is missing or not an object. */
export function valueAt(root: unknown, ...path: readonly string[]): unknown {
  let value = root;
  for (const field of path) {
    if (!isUntrustedObject(value) || !Object.hasOwn(value, field)) return undefined;
    value = value[field];
  }
  return value;
}

/** The string at `path`. An empty string counts as missing. */
export function stringAt(root: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The id at `path`, as a string, even if GREEN-API sent a number. A number beyond 2^53 counts as
 * missing, because it has lost its last digits.
 */
export function idAt(root: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(root, ...path);
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
