import { chatIdOf, type Notification } from '@green-notifications/nestjs';
import type { BlockedLane, ProgressRecord } from '@green-notifications/nestjs/spi';

import type { StoredNotification } from './job.js';

/** What a store knows of the first job of a lane. */
export interface FirstOfLane extends Pick<BlockedLane, 'waiting' | 'since'> {
  /** Undefined while its handlers run. */
  readonly nextAttemptAt: Date | undefined;
  readonly progress: ProgressRecord | undefined;
}

/** Says why a lane is blocked. */
export function blockedLane(
  { idInstance, notification }: StoredNotification,
  { waiting, since, nextAttemptAt, progress }: FirstOfLane,
): BlockedLane {
  const chatId = chatIdOf(notification as Notification);
  return {
    idInstance,
    ...(chatId !== undefined && { chatId }),
    waiting,
    since,
    state: nextAttemptAt ? 'retrying' : 'running',
    nextAttemptAt,
    handlers: Object.entries(progress?.handlers ?? {})
      .filter(([, { state }]) => state !== 'succeeded')
      .map(([handler, { attempts, error }]) => ({ handler, attempts, error: error?.message })),
  };
}
