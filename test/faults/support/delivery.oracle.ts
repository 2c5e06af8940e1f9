import type { EmulatedInstance, PublishedEntry } from '@green-notifications/emulator';
import {
  chatIdOf,
  type DeadLetter,
  isNotificationBody,
  notificationKey,
} from '@green-notifications/nestjs';

import { parseJson } from '../../../packages/nestjs/src/gateway/parse-json.js';

/** What has to be known of a run of a handler. */
export interface WitnessedRun {
  readonly key: string;
  readonly idInstance: string;
  readonly succeeded: boolean;
}

export interface Evidence {
  readonly instances: readonly EmulatedInstance[];
  readonly runs: readonly WitnessedRun[];
  readonly letters?: readonly DeadLetter[];
}

/** What became of the notifications that were issued; each list names what must not be. */
export interface Verdict {
  /** Acknowledged, but neither handled nor among the dead letters. */
  readonly lost: readonly string[];
  /** Neither acknowledged nor given up on by GREEN-API: still to come. */
  readonly waiting: readonly string[];
  /** Handled before something that was issued earlier for the same chat. */
  readonly overtaken: readonly string[];
  /** Handled with success more than once. */
  readonly repeated: readonly string[];
}

/** Compares what GREEN-API issued with what the application made of it. */
export function judge({ instances, runs, letters = [] }: Evidence): Verdict {
  const successes = new Map<string, number>();
  for (const { key, succeeded } of runs) {
    if (succeeded) successes.set(key, (successes.get(key) ?? 0) + 1);
  }
  const parked = new Set(letters.flatMap(keysOfLetter));
  const entries = instances.flatMap(({ ledger }) => ledger.entries);
  return {
    lost: entries
      .filter((entry) => entry.state === 'deleted')
      .map(keyOfEntry)
      .filter((key) => !successes.has(key) && !parked.has(key)),
    waiting: entries.filter((entry) => entry.state !== 'deleted').map(keyOfEntry),
    overtaken: instances.flatMap((instance) => overtakenIn(instance, runs)),
    repeated: [...successes].filter(([, count]) => count > 1).map(([key]) => key),
  };
}

/** The verdict that every scenario hopes for. */
export const NOTHING_LOST: Verdict = { lost: [], waiting: [], overtaken: [], repeated: [] };

/** First deliveries must come in the order of issue, chat by chat. */
function overtakenIn({ idInstance, ledger }: EmulatedInstance, runs: readonly WitnessedRun[]) {
  const positions = new Map<string, { readonly chat: string; readonly at: number }>();
  for (const [at, entry] of ledger.entries.entries()) {
    const { notification } = entry;
    if (!isNotificationBody(notification)) continue;
    const key = keyOfEntry(entry);
    if (!positions.has(key)) positions.set(key, { chat: chatIdOf(notification) ?? '', at });
  }
  const seen = new Set<string>();
  const latest = new Map<string, number>();
  const overtaken: string[] = [];
  for (const run of runs) {
    const position = positions.get(run.key);
    if (run.idInstance !== idInstance || !position || seen.has(run.key)) continue;
    seen.add(run.key);
    if (position.at < (latest.get(position.chat) ?? -1)) overtaken.push(run.key);
    latest.set(position.chat, position.at);
  }
  return overtaken;
}

/** Read as the library reads it, which leaves `__proto__` out and keeps long ids whole. */
function keyOfEntry({ idInstance, raw }: PublishedEntry): string {
  const body = read(raw);
  if (isNotificationBody(body)) return notificationKey(body);
  return `${idInstance} ${body === undefined ? raw : JSON.stringify(body)}`;
}

function read(raw: string): unknown {
  try {
    return parseJson(raw);
  } catch {
    return undefined;
  }
}

/** What is no notification may be kept as it was read, or as the text that it was. */
function keysOfLetter(letter: DeadLetter): string[] {
  if (letter.kind === 'unhandled') return [notificationKey(letter.notification)];
  const { idInstance, body } = letter;
  const texts = typeof body === 'string' ? [body, JSON.stringify(body)] : [JSON.stringify(body)];
  return texts.map((text) => `${idInstance} ${text}`);
}
