import type { NotificationObject } from '@green-notifications/emulator';

/**
 * What a test writes into a notification to know it again. It stands in a field that GREEN-API does
 * not have, so no identity that the product could think of contains it.
 */
export interface Mark {
  /** Counts up in the order of issue. */
  readonly seq: number;
  /** Inside which order has to be kept: the chat that the test put in. */
  readonly lane: string;
  /** It has no id of its own, so a repeat cannot be told from another one. */
  readonly mayRepeat?: boolean;
}

/** Numbers the notifications that a test issues. */
export class Marker {
  private last = 0;

  /**
   * The body with the next number in it, as text. Text is marked byte by byte, so that it may hold
   * what JavaScript would change; what is no JSON object stays as it is.
   */
  mark(body: NotificationObject | string, mark: Omit<Partial<Mark>, 'seq'> = {}): string {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    if (!text.startsWith('{')) return text;
    this.last += 1;
    const field = `"mark":${JSON.stringify({ lane: '', ...mark, seq: this.last })}`;
    return `{${field}${/^\{\s*\}/.test(text) ? '' : ','}${text.slice(1)}`;
  }
}

/** The mark that a body bears, if any. */
export function markOf(body: unknown): Mark | undefined {
  const mark = (body as { readonly mark?: Partial<Mark> } | null | undefined)?.mark;
  return typeof mark?.seq === 'number' ? (mark as Mark) : undefined;
}

/** Names a notification: by its mark, or by all of its body, which others may have as well. */
export function identityOf(body: unknown): string {
  const mark = markOf(body);
  return mark ? `#${mark.seq}` : (JSON.stringify(body, comparable) ?? 'undefined');
}

/** The library leaves out what aims at prototypes and makes text of ids beyond 2^53: so on both sides. */
function comparable(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return String(value);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__' && key !== 'constructor')
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
