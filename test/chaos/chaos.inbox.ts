import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import {
  type Notification,
  NotificationContext,
  notificationKey,
  OnNotification,
  Reject,
  RetryAfter,
} from '@green-notifications/nestjs';
import { Injectable, type Type } from '@nestjs/common';

import type { ChaosRecord } from './chaos.record.js';

/** What the handler does with one notification, by how many in a thousand get it. */
const BEHAVIOURS = [
  { perMille: 30, behave: failing(1) },
  { perMille: 10, behave: failing(2) },
  { perMille: 5, behave: failing(Infinity) },
  { perMille: 8, behave: asksForTime },
  { perMille: 8, behave: rejects },
  { perMille: 3, behave: hangsAtFirst },
  { perMille: 3, behave: outlivesItsTimeOut(300) },
  // Ends while nobody waits, before the next attempt.
  { perMille: 3, behave: outlivesItsTimeOut(152) },
  { perMille: 30, behave: takesTime },
] as const;

/** A provider that handles everything, and fails in every way there is. */
export function chaosInbox(record: ChaosRecord, seed: number): Type<unknown> {
  @Injectable()
  class ChaosInbox {
    @OnNotification('*')
    async onAny(notification: Notification, context: NotificationContext): Promise<void> {
      const run = record.begin(notification, context);
      await behaviourFor(notificationKey(notification), seed)(context);
      run.succeeded = true;
    }
  }
  return ChaosInbox;
}

function behaviourFor(key: string, seed: number): (context: NotificationContext) => unknown {
  const digest = createHash('sha256').update(`${seed} ${key}`).digest();
  let dice = digest.readUInt32BE() % 1000;
  for (const { perMille, behave } of BEHAVIOURS) {
    if (dice < perMille) return behave;
    dice -= perMille;
  }
  return () => undefined;
}

function failing(attempts: number) {
  return ({ attempt }: NotificationContext): void => {
    if (attempt <= attempts) throw new Error('chaos: failed');
  };
}

function asksForTime({ attempt }: NotificationContext): void {
  if (attempt === 1) throw new RetryAfter(20);
}

function rejects(): never {
  throw new Reject('chaos: rejected');
}

async function hangsAtFirst({ attempt, signal }: NotificationContext): Promise<void> {
  if (attempt === 1) await delay(60_000, undefined, { signal });
}

function outlivesItsTimeOut(durationMs: number) {
  return async (): Promise<void> => {
    await delay(durationMs);
  };
}

async function takesTime(): Promise<void> {
  await delay(10);
}
