import { isUntrustedObject } from './untrusted-json.reader.js';

/** Writes a JSON value with sorted keys, so that equal values give equal texts. */
export function canonicalJson(root: unknown): string {
  return (
    JSON.stringify(root, (_key, value: unknown) =>
      isUntrustedObject(value)
        ? Object.fromEntries(
            Object.keys(value)
              .toSorted()
              .map((key) => [key, value[key]]),
          )
        : value,
    ) ?? 'null'
  );
}
