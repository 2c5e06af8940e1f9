/** A copy that lacks some of its keys. */
export function without<T extends object, K extends PropertyKey>(
  given: T,
  ...keys: readonly K[]
): Omit<T, K> {
  const left = Object.entries(given).filter(
    ([key]) => !(keys as readonly PropertyKey[]).includes(key),
  );
  return Object.fromEntries(left) as Omit<T, K>;
}

/** A body that does not say whose it is, as some of GREEN-API's do not. */
export const anonymous = (body: object): object => without(body, 'instanceData');
