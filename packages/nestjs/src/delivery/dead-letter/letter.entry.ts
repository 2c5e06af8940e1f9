import type { DeadLetter } from './dead-letter.js';

/** One line of the file: a letter that came, or one that went. */
export type LetterEntry = { readonly put: DeadLetter } | { readonly discard: string };

/**
 * Reads the lines of the file.
 *
 * @returns `isWhole`: false if the last line was cut off, which a crash does to a letter that nobody
 * was told is safe
 * @throws {Error} if any other line cannot be read
 */
export function readLetterEntries(text: string): {
  readonly entries: readonly LetterEntry[];
  readonly isWhole: boolean;
} {
  const lines = text.split('\n');
  const isWhole = lines.pop() === '';
  const entries = lines.map((line, index) => {
    try {
      return JSON.parse(line) as LetterEntry;
    } catch (cause) {
      throw new Error(
        `Line ${index + 1} of the dead letter file is damaged; ` +
          'move the file away, start anew, and redrive by hand what it holds',
        { cause },
      );
    }
  });
  return { entries, isWhole };
}
