import type { DeadLetter } from './dead-letter.js';

/**
 * One line of the file: letters that were put together, or the id of a discarded letter. A put is
 * one line, so that a crash leaves all of its letters or none. Old files have a single letter
 * instead of the array.
 */
export type LetterEntry =
  { readonly put: readonly DeadLetter[] } | { readonly discard: DeadLetter['id'] };

/** A line, and the byte of the file at which it starts. */
export interface LetterLine {
  readonly start: number;
  readonly bytes: Buffer;
}

const NEWLINE = 0x0a;

export function lineOf(entry: LetterEntry): Buffer {
  return Buffer.from(`${JSON.stringify(entry)}\n`);
}

/** @throws {Error} if the line is not an entry, in today's format or in that of old files */
export function entryOf(line: Buffer): LetterEntry {
  const entry: unknown = JSON.parse(line.toString());
  if (!isObject(entry)) throw new Error('it is not a JSON object');
  if (typeof entry['discard'] === 'string') return { discard: entry['discard'] };
  const put: unknown[] = Array.isArray(entry['put']) ? entry['put'] : [entry['put']];
  if (!put.every(isLetter)) throw new Error('it is neither a put nor a discard');
  return { put };
}

/**
 * Yields the lines of a stream. Ignores everything after the last line break: a crash cut that line
 * off before its promise resolved. (`node:readline` is no alternative: it also breaks lines at
 * U+2028, which JSON does not escape.)
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<LetterLine> {
  let start = 0;
  let pieces: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      pieces.push(chunk.subarray(from, to));
      const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      yield { start, bytes };
      start += bytes.length + 1;
      pieces = [];
      from = to + 1;
    }
    pieces.push(chunk.subarray(from));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isLetter(value: unknown): value is DeadLetter {
  return isObject(value) && typeof value['id'] === 'string';
}
