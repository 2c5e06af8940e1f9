/** While contestants warm up, nothing is measured, so two can share the machine. */
export const WARMED_UP_AT_ONCE = 2;

/** Acts on the items in their order, on a few of them at the same time. */
export async function inTurns<Item>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let first = 0; first < items.length; first += atOnce) {
    await Promise.all(items.slice(first, first + atOnce).map(act));
  }
}
