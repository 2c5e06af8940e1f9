/**
 * `polling.overlap` of the applications under test: the default, or what the Jest project sets. So
 * the same tests run with overlapping requests and without.
 */
export const OVERLAP = (globalThis as { OVERLAP?: 'auto' | 'never' }).OVERLAP ?? 'auto';
