type WithStore = Readonly<Record<string, unknown>>;

/**
 * Hides the stores in options from class-transformer, which would go through them as if they were
 * options, too, and call the constructor of everything that it finds in them.
 */
export function wrapStores<T extends object>(given: T): T {
  const wrapped = Object.entries(given).map(([name, value]: [string, unknown]) => [
    name,
    hasStore(value) ? { ...value, store: () => value['store'] } : value,
  ]);
  return Object.fromEntries(wrapped) as T;
}

/** The store as it was given, for `@Transform`. */
export function unwrapStore({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'function' ? (value as () => unknown)() : value;
}

function hasStore(value: unknown): value is WithStore {
  return typeof value === 'object' && value !== null && 'store' in value && Boolean(value.store);
}
