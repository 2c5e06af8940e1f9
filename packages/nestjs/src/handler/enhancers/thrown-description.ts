import { readThrown } from '../../common/thrown.js';

/** What to say of a thrown value in a hint: its kind, and not its message, which may hold content. */
export function describeThrown(error: unknown): string {
  return `threw ${readThrown(error).name}`;
}
