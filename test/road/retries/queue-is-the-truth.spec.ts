import { ManualClock } from '@green-notifications/emulator';
import { RetryAfter } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../../support/canary.js';
import { Deferred } from '../../support/deferred.js';
import { fails, failsForText, succeedsAtAttempt } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { FIRST_ID, FOR_EVER, QUICK, Road, TRANSPORTS } from '../support/road.js';

/** GREEN-API keeps a notification for 24 h. Here time passes faster. */
const SHORT_LIVED = { retentionMs: 10_000 };

describe('35. the queue is the truth', () => {
  it.each(TRANSPORTS)(
    'receives again after a failed attempt, and handles what is behind a head that expired (%s)',
    async (transport) => {
      const clock = new ManualClock();
      await using road = await Road.start(1, { clock, rateLimits: false, ...SHORT_LIVED });
      const journal = new Journal();
      await road.run(transport, [inbox(journal, failsForText('poison'))], FOR_EVER);
      const poison = road.publish('poison');
      await clock.advance(SHORT_LIVED.retentionMs / 2);
      const behind = road.publish('behind');
      await eventually('the head to fail', () => journal.of('poison').length > 0);
      await clock.advance(SHORT_LIVED.retentionMs / 2);
      expect(poison.state).toBe('expired');
      await eventually('what is behind the expired head to be deleted', async () => {
        // The pause of the webhook sender is on this clock, too.
        await clock.advance(20);
        return behind.state === 'deleted';
      });
      expect(journal.of('behind')).toHaveLength(1);
    },
  );

  it.each(TRANSPORTS)(
    'handles what comes after the queue was cleared, and nothing of before (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      await road.run(transport, [inbox(journal, failsForText('poison'))], FOR_EVER);
      road.publish('poison');
      road.publish('cleared with it');
      await eventually('three attempts', () => journal.of('poison').length >= 3);
      await road.clearQueue();
      await within('the next to be deleted', road.publish('next').deleted);
      const attempts = journal.of('poison').length;
      for (const text of ['one', 'two', 'three']) road.publish(text);
      await road.drained();
      expect(journal.of('poison')).toHaveLength(attempts);
      expect(journal.texts.slice(attempts)).toEqual(['next', 'one', 'two', 'three']);
    },
  );

  it('makes every attempt from a hand-out of its own', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, succeedsAtAttempt(4))]);
    const entry = road.publish('stubborn');
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('stubborn')).toEqual([1, 2, 3, 4]);
    expect(entry.handOuts).toHaveLength(4);
  });

  it('gives up after as many hand-outs as there are attempts', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, fails)], {
      retry: { attempts: 3, backoff: QUICK },
    });
    const entry = road.publish('poison');
    await within('it to be deleted', entry.deleted);
    expect(entry.handOuts).toHaveLength(3);
    expect(await road.letters.list()).toMatchObject([{ handler: 'Inbox.onAny', attempts: 3 }]);
  });

  it('deletes with the receipt of the last hand-out, where earlier ones are worth nothing', async () => {
    await using road = await Road.start(1, {
      redeliveryReceiptId: 'new',
      replacedReceipt: 'unknown',
    });
    const journal = new Journal();
    await road.run('polling', [inbox(journal, succeedsAtAttempt(3))]);
    const entry = road.publish('stubborn');
    await within('it to be deleted', entry.deleted);
    expect(entry.handOuts.map(({ receiptId }) => receiptId)).toEqual([1, 2, 3]);
    expect(journal.attempts('stubborn')).toEqual([1, 2, 3]);
    expect(road.instance.requests.of({ method: 'deleteNotification' })).toMatchObject([
      { parameter: '3' },
    ]);
  });

  it('drops what another program deleted between two attempts', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, failsForText('poison'))], FOR_EVER);
    const poison = road.publish('poison');
    const behind = road.publish('behind');
    await eventually('an attempt', () => journal.of('poison').length > 0);
    const { receiptId } = poison.handOuts[0]!;
    await fetch(
      `${road.emulator.url}/waInstance${FIRST_ID}/deleteNotification/${CANARY_TOKEN}/${receiptId}`,
      { method: 'DELETE' },
    );
    await within('what is behind it to be deleted', behind.deleted);
    expect(journal.of('behind')).toHaveLength(1);
  });

  it.each(TRANSPORTS)(
    'goes on behind a handler that hangs and ignores its signal, once its notification is gone (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      const never = new Deferred();
      await road.run(
        transport,
        [inbox(journal, ({ text }) => (text === 'hang' ? never.promise : undefined))],
        { ...FOR_EVER, handlerTimeoutMs: 20, shutdownTimeoutMs: 20 },
      );
      road.publish('hang');
      await eventually('a time-out', () => road.logs.having('ERROR', 'did not finish').length > 0);
      await road.clearQueue();
      await within('the next to be deleted', road.publish('next').deleted);
      expect(journal.texts).toEqual(['hang', 'next']);
      never.resolve();
    },
  );

  it('goes on when the head is gone that a handler wanted to see later', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [
      inbox(journal, ({ text }) => {
        if (text === 'later') throw new RetryAfter(60);
      }),
    ]);
    road.publish('later');
    await eventually('its first attempt', () => journal.of('later').length === 1);
    await road.clearQueue();
    await within('the next to be deleted', road.publish('next').deleted);
    expect(journal.texts).toEqual(['later', 'next']);
  });

  it('drops only what was cleared, and nothing of another instance', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    await road.run('polling', [inbox(journal, failsForText('poison'))], FOR_EVER);
    road.publish('poison', road.at(0));
    const other = road.publish('poison', road.at(1));
    await eventually('both to fail twice', () =>
      road.ids.every(
        (id) => journal.runs.filter(({ idInstance }) => idInstance === String(id)).length >= 2,
      ),
    );
    await road.clearQueue(road.at(0));
    await within('the next of the first to be deleted', road.publish('next', road.at(0)).deleted);
    const handOuts = other.handOuts.length;
    await eventually('another hand-out of the second', () => other.handOuts.length > handOuts);
    expect(other.state).toBe('queued');
  });

  it('asks GREEN-API, and not its memory, after a stop in the middle of a back-off', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { greenNotifications } = await road.run(
      'polling',
      [inbox(journal, failsForText('poison'))],
      FOR_EVER,
    );
    road.publish('poison');
    await eventually('three attempts', () => journal.of('poison').length >= 3);
    await greenNotifications.stop();
    const attempts = journal.of('poison').length;
    await road.clearQueue();
    await greenNotifications.start();
    await within('the next to be deleted', road.publish('next').deleted);
    expect(journal.of('poison')).toHaveLength(attempts);
  });
});
