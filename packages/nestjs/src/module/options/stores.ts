type WithStore = Readonly<Record<string, unknown>>;

const OBJECTS: ReadonlySet<string> = new Set(['inbox', 'instanceSource']);

/**
 * Hides the stores and other objects in the options from class-transformer, by wrapping each in a
 * function. Otherwise class-transformer would treat a store as options, and copy it by calling
 * constructors of its objects.
 */
export function wrapStores<T extends object>(given: T): T {
  const wrapped = Object.entries(given).map(([name, value]: [string, unknown]) => [
    name,
    OBJECTS.has(name) && value
      ? () => value
      : hasStore(value)
        ? { ...value, store: () => value['store'] }
        : value,
  ]);
  return Object.fromEntries(wrapped) as T;
}

/** Returns the original object; for `@Transform`. */
export function unwrapStore({ value }: { readonly value: unknown }): unknown {
  return typeof value === 'function' ? (value as () => unknown)() : value;
}

function hasStore(value: unknown): value is WithStore {
  return typeof value === 'object' && value !== null && 'store' in value && Boolean(value.store);
}
