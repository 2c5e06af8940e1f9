import { Reject, RetryAfter } from '@green-notifications/nestjs';

import type { Behaviour, Run } from './recording-inbox.js';

// What the handlers of these tests do when they run.

export function fail(message = 'never'): never {
  throw new Error(message);
}

export const succeeds: Behaviour = () => undefined;

export const fails: Behaviour = () => fail();

export const rejects = (): never => {
  throw new Reject('never');
};

/** Fails until this attempt, counted from 1. */
export const succeedsAtAttempt =
  (first: number): Behaviour =>
  ({ attempt }) =>
    attempt < first ? fail('not yet') : undefined;

/** Fails for a notification with this text, and succeeds for all others. */
export const failsForText =
  (poison: string): Behaviour =>
  ({ text }) =>
    text === poison ? fail() : undefined;

export const retriesAfterMs =
  (delayMs: number): Behaviour =>
  () => {
    throw new RetryAfter(delayMs);
  };

/** Never ends by itself, and fails as `fetch` does when its signal fires. */
export const untilAborted = ({ signal }: Run) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
