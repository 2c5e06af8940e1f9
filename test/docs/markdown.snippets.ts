import { readFileSync } from 'node:fs';

/** One block of TypeScript in a page. */
export interface Snippet {
  /** Where it begins in the page, from 1. */
  readonly line: number;
  readonly code: string;
}

/** The blocks of TypeScript in a page of the documentation. */
export function snippetsOf(page: string): readonly Snippet[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```ts\n(?<code>.*?)^```$/gms)].map(({ index, groups }) => ({
    line: text.slice(0, index).split('\n').length,
    code: groups!['code']!,
  }));
}
