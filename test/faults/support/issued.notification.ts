import type { IssuedEntry } from './evidence.js';
import { identityOf, type Mark, markOf } from './mark.js';

/**
 * One notification that GREEN-API issued, or several with the same body and no mark, which nobody
 * can tell apart. What was issued twice under one mark is one notification.
 */
export interface IssuedNotification {
  readonly idInstance: string;
  readonly identity: string;
  readonly mark: Mark | undefined;
  readonly entries: readonly IssuedEntry[];
  /** For people: the kind and the number, and nothing that belongs to a person. */
  readonly name: string;
}

export function issuedNotifications(entries: readonly IssuedEntry[]): IssuedNotification[] {
  const found = new Map<string, IssuedNotification & { readonly entries: IssuedEntry[] }>();
  for (const entry of entries) {
    const { idInstance } = entry;
    const body = read(entry.raw);
    const identity = identityOf(body);
    const key = `${idInstance} ${identity}`;
    const known = found.get(key);
    if (known) known.entries.push(entry);
    else {
      const mark = markOf(body);
      const name = `${kindOf(body)}${mark ? ` #${mark.seq}` : ''} of ${idInstance}`;
      found.set(key, { idInstance, identity, mark, entries: [entry], name });
    }
  }
  return [...found.values()];
}

/** How many of it the application acknowledged; copies that GREEN-API made are no others. */
export function acknowledgedTimes({ mark, entries }: IssuedNotification): number {
  const acknowledged = new Set(entries.filter(isAcknowledged).map((entry) => entry.copyOf ?? entry))
    .size;
  return mark ? Math.min(acknowledged, 1) : acknowledged;
}

/** GREEN-API dropped it, and the application never said that it has it. */
export function isDropped({ entries }: IssuedNotification): boolean {
  return entries.every(
    (entry) => (entry.state === 'expired' || entry.state === 'cleared') && !isAcknowledged(entry),
  );
}

/** Deleted, or answered 200, also where GREEN-API did not hear the answer. */
function isAcknowledged({ state, handOuts }: IssuedEntry): boolean {
  return state === 'deleted' || handOuts.some(({ status }) => status === 200);
}

function read(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

function kindOf(body: unknown): string {
  const kind = (body as { readonly typeWebhook?: unknown } | null)?.typeWebhook;
  return typeof kind === 'string' ? kind : 'no notification';
}
