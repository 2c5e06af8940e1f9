import { setTimeout as delay } from 'node:timers/promises';

import { type NotificationContext, Reject, RetryAfter } from '@green-notifications/nestjs';

import type { QueueDropping } from './chaos.dropping.js';

/** What a handler does with one notification; it succeeds unless this throws. */
export type Behaviour = (context: NotificationContext, dropping: QueueDropping) => unknown;

interface Chance {
  readonly perMille: number;
  readonly behave: Behaviour;
}

export const ANY_HANDLER: readonly Chance[] = [
  { perMille: 30, behave: failing(1) },
  { perMille: 10, behave: failing(2) },
  { perMille: 5, behave: failing(Infinity) },
  { perMille: 8, behave: asksForTime(20) },
  { perMille: 8, behave: rejects },
  { perMille: 3, behave: hangsAtFirst },
  { perMille: 3, behave: outlivesItsTimeOut(300) },
  // Ends while nobody waits, before the next attempt.
  { perMille: 3, behave: outlivesItsTimeOut(152) },
  { perMille: 30, behave: takesTime },
];

/** All of them fail until GREEN-API has dropped the notification, and would succeed with a body that is held. */
export const DROPPED_UNDERWAY: readonly Chance[] = [
  { perMille: 4, behave: expires(1, 0) },
  { perMille: 4, behave: expires(2, 2) },
  { perMille: 2, behave: isCleared },
];

/** By now its condition says no. */
export const CHANGING_HANDLER: readonly Chance[] = [
  { perMille: 700, behave: failing(1) },
  { perMille: 150, behave: failing(2) },
  { perMille: 50, behave: failing(Infinity) },
  { perMille: 50, behave: asksForTime(30) },
  { perMille: 50, behave: rejects },
];

export const WAITING_HANDLER: readonly Chance[] = [
  { perMille: 500, behave: asksForTime(60) },
  { perMille: 100, behave: asksForTime(0) },
  { perMille: 100, behave: failing(1) },
  { perMille: 50, behave: rejects },
];

/** @param dice from 0 to 1 */
export function chosen(chances: readonly Chance[], dice: number): Behaviour {
  let left = dice * 1000;
  for (const { perMille, behave } of chances) {
    if (left < perMille) return behave;
    left -= perMille;
  }
  return () => undefined;
}

function failing(attempts: number): Behaviour {
  return ({ attempt }) => {
    if (attempt <= attempts) throw new Error('chaos: failed');
  };
}

function asksForTime(retryAfterMs: number): Behaviour {
  return ({ attempt }) => {
    if (attempt === 1) throw new RetryAfter(retryAfterMs);
  };
}

function rejects(): never {
  throw new Reject('chaos: rejected');
}

async function hangsAtFirst({ attempt, signal }: NotificationContext): Promise<void> {
  if (attempt === 1) await delay(60_000, undefined, { signal });
}

function outlivesItsTimeOut(durationMs: number): Behaviour {
  return async () => {
    await delay(durationMs);
  };
}

async function takesTime(): Promise<void> {
  await delay(10);
}

function expires(atAttempt: number, behind: number): Behaviour {
  return ({ attempt, instance, notification }, dropping) => {
    if (attempt === atAttempt) dropping.expire(instance.idInstance, notification, behind);
    if (attempt <= atAttempt) throw new Error('chaos: failed while it expired');
  };
}

async function isCleared(
  { attempt, instance, notification }: NotificationContext,
  dropping: QueueDropping,
): Promise<void> {
  if (attempt > 1) return;
  await dropping.clear(instance.idInstance, notification);
  throw new Error('chaos: failed while the queue was cleared');
}
