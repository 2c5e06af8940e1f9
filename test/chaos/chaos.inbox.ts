import {
  type Notification,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, type Type } from '@nestjs/common';

import type { ExpectedHandler } from '../faults/support/evidence.js';
import { identityOf, type Mark, markOf } from '../faults/support/mark.js';
import {
  ANY_HANDLER,
  CHANGING_HANDLER,
  chosen,
  DROPPED_UNDERWAY,
  WAITING_HANDLER,
} from './chaos.behaviours.js';
import type { QueueDropping } from './chaos.dropping.js';
import type { Idea } from './chaos.ideas.js';
import type { ChaosRecord } from './chaos.record.js';
import { seededDice } from './seeded.random.js';

/** How much of the traffic is due to each of the further handlers. */
const SHARE = 0.08;

interface InboxOptions {
  readonly record: ChaosRecord;
  readonly dropping: QueueDropping;
  readonly seed: number;
  readonly ideas: readonly Idea[];
}

/** The handlers below, and what is due to each: the oracle and the conditions of the handlers ask here. */
export function chaosHandlers({ seed, ideas }: Pick<InboxOptions, 'seed' | 'ideas'>) {
  const share = (name: string, idea: Idea): ExpectedHandler => ({
    name,
    isDue: (mark: Mark | undefined) =>
      ideas.includes(idea) && mark !== undefined && seededDice(seed, name, mark.seq) < SHARE,
  });
  return {
    any: { name: 'ChaosInbox.onAny', isDue: () => true } satisfies ExpectedHandler,
    changing: share('ChaosInbox.onChanging', 'changing-conditions'),
    waiting: share('ChaosInbox.onWaiting', 'waits'),
  };
}

/** A provider whose handlers fail in every way there is, side by side. */
export function chaosInbox({ record, dropping, seed, ideas }: InboxOptions): Type<unknown> {
  const { any, changing, waiting } = chaosHandlers({ seed, ideas });
  const dropped = ideas.includes('dropping') ? DROPPED_UNDERWAY : [];

  const run = (
    { name }: ExpectedHandler,
    behaviours: Parameters<typeof chosen>[0],
    context: NotificationContext,
  ) => {
    const { notification, instance } = context;
    const behave = chosen(behaviours, seededDice(seed, name, 'does', identityOf(notification)));
    return record.witness(name, notification, instance.idInstance, async () => {
      await behave(context, dropping);
    });
  };
  /** Says yes until the handler has failed once. */
  const stillMatches = (notification: Notification) =>
    changing.isDue(markOf(notification)) && !record.hasFailed(changing.name, notification);
  const asksForTime = (notification: Notification) => waiting.isDue(markOf(notification));

  @Injectable()
  class ChaosInbox {
    @OnNotification('*')
    onAny(_notification: Notification, context: NotificationContext): Promise<void> {
      return run(any, [...dropped, ...ANY_HANDLER], context);
    }

    @OnNotification('*', { where: stillMatches })
    onChanging(_notification: Notification, context: NotificationContext): Promise<void> {
      return run(changing, CHANGING_HANDLER, context);
    }

    @OnNotification('*', { where: asksForTime })
    onWaiting(_notification: Notification, context: NotificationContext): Promise<void> {
      return run(waiting, WAITING_HANDLER, context);
    }
  }
  return ChaosInbox;
}
