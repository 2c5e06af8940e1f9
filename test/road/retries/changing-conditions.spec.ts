import {
  type Notification,
  NotificationContext,
  OnNotification,
  RetryAfter,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { fail, rejects, succeedsAtAttempt } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { type Behaviour, Journal } from '../support/recording-inbox.js';
import { NO_DEAD_LETTERS, QUICK, Road, TRANSPORTS } from '../support/road.js';

/** A handler whose condition holds as long as `isOpen`. */
function choosyInbox(journal: Journal, behave: Behaviour) {
  const state = { isOpen: true };
  @Injectable()
  class Choosy {
    @OnNotification('incomingMessageReceived', { where: () => state.isOpen })
    async onOpen(notification: Notification, context: NotificationContext): Promise<void> {
      await journal.handle('onOpen', notification, context, behave);
    }
  }
  return { Choosy, state };
}

describe('37. a handler that matched once', () => {
  it.each(TRANSPORTS)('stays due when its condition no longer holds (%s)', async (transport) => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) => {
      state.isOpen = false;
      if (attempt < 3) fail('not yet');
    });
    const app = await road.run(transport, [Choosy]);
    const entry = road.publish('order');
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('order')).toEqual([1, 2, 3]);
    await eventually('the acknowledgement', () => app.first.acknowledged === 1);
    expect(app.first.unhandled).toBe(0);
  });

  it.each(TRANSPORTS)(
    'gives up and leaves a dead letter although its condition no longer holds (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      const { Choosy, state } = choosyInbox(journal, () => {
        state.isOpen = false;
        fail();
      });
      await road.run(transport, [Choosy], { retry: { attempts: 2, backoff: QUICK } });
      await within('it to be deleted', road.publish('order').deleted);
      expect(journal.attempts('order')).toEqual([1, 2]);
      expect(await road.letters.list()).toMatchObject([{ handler: 'Choosy.onOpen', attempts: 2 }]);
    },
  );

  it('stays due when its condition throws at the second hand-out', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    let asked = 0;
    @Injectable()
    class Choosy {
      @OnNotification('*', { where: () => (asked += 1) === 1 || fail('no condition') })
      async onOpen(notification: Notification, context: NotificationContext): Promise<void> {
        await journal.handle('onOpen', notification, context, succeedsAtAttempt(2));
      }
    }
    await road.run('polling', [Choosy]);
    await within('it to be deleted', road.publish('order').deleted);
    expect(journal.attempts('order')).toEqual([1, 2]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('stays due when it asks for another attempt later', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) => {
      state.isOpen = false;
      if (attempt === 1) throw new RetryAfter(20);
    });
    await road.run('polling', [Choosy]);
    await within('it to be deleted', road.publish('order').deleted);
    expect(journal.attempts('order')).toEqual([1, 2]);
  });

  it('stays due over a stop and a start', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, succeedsAtAttempt(2));
    const { greenNotifications } = await road.run('polling', [Choosy], {
      retry: { backoff: { initialMs: 100, maxMs: 100, jitter: 0 } },
    });
    const entry = road.publish('order');
    await eventually('the first attempt', () => journal.runs.length === 1);
    await greenNotifications.stop();
    state.isOpen = false;
    await greenNotifications.start();
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('order')).toEqual([1, 2]);
  });

  it('is kept for ever without dead letters, whatever its condition says', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, () => {
      state.isOpen = false;
      rejects();
    });
    await road.run('polling', [Choosy], { deadLetters: NO_DEAD_LETTERS });
    const entry = road.publish('order');
    await eventually('three attempts', () => journal.runs.length >= 3);
    expect(entry.state).toBe('queued');
  });

  it('is the only one to run again, and leaves those alone that never matched', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { Choosy, state } = choosyInbox(journal, ({ attempt }) => {
      state.isOpen = false;
      if (attempt === 1) fail('not yet');
    });
    @Injectable()
    class Others {
      @OnNotification('*')
      async always(notification: Notification, context: NotificationContext): Promise<void> {
        await journal.handle('always', notification, context, () => undefined);
      }

      @OnNotification('incomingCall')
      onCall(): void {
        fail('nobody called');
      }
    }
    await road.run('webhook', [Choosy, Others]);
    const entry = road.publish('order');
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('onOpen')).toEqual([1, 2]);
    expect(journal.attempts('always')).toEqual([1]);
    expect(entry.handOuts.map(({ status }) => status)).toEqual([500, 200]);
  });
});
