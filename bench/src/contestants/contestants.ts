import type { StartReceiving } from './contestant.js';

/** Loaded by name, so that a process contains nothing of the other contestants. */
export const CONTESTANTS = {
  ours: () => import('./ours.js'),
  bareUndiciPaced: () => import('./bare-undici-paced.js'),
  bareUndici: () => import('./bare-undici.js'),
  bareFetch: () => import('./bare-fetch.js'),
  officialReceiver: () => import('./official-receiver.js'),
  officialLoop: () => import('./official-loop.js'),
  officialV2Loop: () => import('./official-v2-loop.js'),
} as const satisfies Record<string, () => Promise<{ startReceiving: StartReceiving }>>;

export type ContestantName = keyof typeof CONTESTANTS;

export const CONTESTANT_NAMES = Object.keys(CONTESTANTS) as readonly ContestantName[];
