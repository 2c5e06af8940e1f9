import { distance } from 'fastest-levenshtein';

/**
 * The one of `known` that `word` was probably meant to be, whatever its capitals; undefined if more
 * than a third of `word` would have to change.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((one) => ({ one, edits: distance(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ edits }) => edits <= word.length / 3)
    .toSorted((a, b) => a.edits - b.edits);
  return nearest?.one;
}
