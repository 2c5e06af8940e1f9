import type { CommandResponse } from 'pg-boss';

import type { Claim } from '../jobs/job.js';

export const QUEUE = 'green-notifications';

const DAY_SECONDS = 24 * 60 * 60;

export const QUEUE_OPTIONS = {
  policy: 'key_strict_fifo',
  partition: true,
  // The module counts attempts itself, by handler.
  retryLimit: 2 ** 31 - 1,
  retryDelay: 0,
  // pg-boss ends jobs that are older, even if their handlers run, and deletes jobs that wait longer.
  expireInSeconds: DAY_SECONDS - 1,
  retentionSeconds: 365 * DAY_SECONDS,
} as const;

/** Claims as pg-boss takes them, so that it refuses those that have ended. */
export function attemptsOf(claims: readonly Claim[]): { id: string; retryCount: number }[] {
  return claims.map(({ id, retryCount }) => ({ id, retryCount }));
}

/** The ids of the jobs that a call of pg-boss has changed. */
export function settledOf(response: CommandResponse): ReadonlySet<string> {
  return new Set((response as { readonly settled?: readonly string[] }).settled);
}

/** Milliseconds since 1970: some libraries read a time as a Date, others as a text. */
export function msOf(time: string): string {
  return `(extract(epoch from ${time}) * 1000)::float8`;
}
