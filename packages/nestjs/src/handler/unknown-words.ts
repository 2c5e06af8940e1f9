import { distance } from 'fastest-levenshtein';

import { isKnownKind, notificationKinds } from '../notification/kind.guards.js';
import { type FieldOfWords, knownValues } from '../notification/known-values.js';
import type { NotificationKind } from '../notification/notification.js';
import type { Subscription } from './handler.definition.js';

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

/** Something that a handler asks for, and that GREEN-API is not known to send. */
export interface UnknownWord {
  readonly field: 'kind' | FieldOfWords;
  readonly word: string;
  /** The known one that was probably meant. */
  readonly nearest: string | undefined;
}

const WILDCARDS: ReadonlySet<string> = new Set(['*', 'unknown']);
const FIELDS_OF_WORDS: readonly FieldOfWords[] = ['typeMessage', 'status', 'stateInstance'];

/** Each word once, however many decorators of the method have it. */
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
  // Of kinds that are not known, nothing is; the compiler refuses a field that the known ones lack.
  return known.length === 0 ? [] : unknownAmong(field, [filter[field] ?? []].flat(), known);
}

/** A misspelt kind counts as the one that was meant, so that all the misspelt words come at once. */
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
