import { distance } from 'fastest-levenshtein';

import { isKnownKind, notificationKinds } from '../notification/kind.guards.js';
import { type FieldOfWords, knownValues } from '../notification/known-values.js';
import type { NotificationKind } from '../notification/notification.js';
import type { Subscription } from './handler.definition.js';

/**
 * Returns the entry of `known` that is most similar to `word`, ignoring case. Undefined if more
 * than a third of the characters of `word` would have to change.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((one) => ({ one, edits: distance(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ edits }) => edits <= word.length / 3)
    .toSorted((a, b) => a.edits - b.edits);
  return nearest?.one;
}

/** A value in a decorator that GREEN-API is not known to send. */
export interface UnknownWord {
  readonly field: 'kind' | FieldOfWords;
  readonly word: string;
  /** The known value that was probably meant. */
  readonly nearest: string | undefined;
}

const WILDCARDS: ReadonlySet<string> = new Set(['*', 'unknown']);
const FIELDS_OF_WORDS: readonly FieldOfWords[] = ['typeMessage', 'status', 'stateInstance'];

/**
 * Finds the unknown words of one method. Each is listed once, even if several decorators have it.
 */
export function unknownWordsIn(subscriptions: readonly Subscription[]): UnknownWord[] {
  const found = subscriptions.flatMap((subscription) => [
    ...unknownKindsIn(subscription),
    ...FIELDS_OF_WORDS.flatMap((field) => unknownValuesIn(field, subscription)),
  ]);
  return [...new Map(found.map((one) => [`${one.field} ${one.word}`, one])).values()];
}

function unknownKindsIn({ kinds }: Subscription): UnknownWord[] {
  const named = kinds.filter((kind) => !WILDCARDS.has(kind));
  return unknownAmong('kind', named, notificationKinds);
}

function unknownValuesIn(field: FieldOfWords, { kinds, filter }: Subscription): UnknownWord[] {
  const known = kinds.flatMap(kindsMeantBy).flatMap((kind) => knownValues(field, kind));
  // Unknown kinds have no known values. For known kinds, the compiler refuses fields they do not
  // have.
  return known.length === 0 ? [] : unknownAmong(field, [filter[field] ?? []].flat(), known);
}

/**
 * A misspelt kind counts as the kind that was meant, so that all misspelt words are reported at
 * once.
 */
function kindsMeantBy(kind: string): readonly NotificationKind[] {
  if (kind === '*') return notificationKinds;
  const meant = isKnownKind(kind) ? kind : nearestWord(kind, notificationKinds);
  return notificationKinds.filter((one) => one === meant);
}

function unknownAmong(
  field: UnknownWord['field'],
  words: readonly string[],
  known: readonly string[],
): UnknownWord[] {
  return words
    .filter((word) => !known.includes(word))
    .map((word) => ({ field, word, nearest: nearestWord(word, known) }));
}
