import { ManualClock } from '@green-notifications/emulator';
import { RetryAfter } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { Deferred } from '../support/deferred.js';
import { eventually, within } from './support/eventually.js';
import { fail, inbox, Journal } from './support/recording-inbox.js';
import { FIRST_ID, NO_DEAD_LETTERS, QUICK, Road, TRANSPORTS } from './support/road.js';

/** GREEN-API keeps a notification for 24 h. Here time passes faster. */
const SHORT_LIVED = { retentionMs: 10_000 };
/** Nothing is ever given up on. */
const FOR_EVER = { deadLetters: NO_DEAD_LETTERS, retry: { attempts: 2, backoff: QUICK } };

const failsAt = (poison: string) => (run: { readonly text: string }) =>
  run.text === poison ? fail() : undefined;

describe('35. the queue is the truth', () => {
  it.each(TRANSPORTS)(
    'receives again after a failed attempt, and handles what is behind a head that expired (%s)',
    async (transport) => {
      const clock = new ManualClock();
      await using road = await Road.start(1, { clock, rateLimits: false, ...SHORT_LIVED });
      const journal = new Journal();
      await road.run(transport, [inbox(journal, failsAt('poison'))], FOR_EVER);
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
      await road.run(transport, [inbox(journal, failsAt('poison'))], FOR_EVER);
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
    await road.run('polling', [
      inbox(journal, ({ attempt }) => (attempt < 4 ? fail('not yet') : undefined)),
    ]);
    const entry = road.publish('stubborn');
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('stubborn')).toEqual([1, 2, 3, 4]);
    expect(entry.handOuts).toHaveLength(4);
  });

  it('gives up after as many hand-outs as there are attempts', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, () => fail())], {
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
    await road.run('polling', [
      inbox(journal, ({ attempt }) => (attempt < 3 ? fail('not yet') : undefined)),
    ]);
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
    await road.run('polling', [inbox(journal, failsAt('poison'))], FOR_EVER);
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

  it('loses only the instance that was cleared from sight, and no other', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    await road.run('polling', [inbox(journal, failsAt('poison'))], FOR_EVER);
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
      [inbox(journal, failsAt('poison'))],
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

describe('a stuck notification', () => {
  it.each(TRANSPORTS)(
    'is no longer counted once another one is received in its place (%s)',
    async (transport) => {
      await using road = await Road.start(2);
      const journal = new Journal();
      const app = await road.run(transport, [inbox(journal, failsAt('poison'))], FOR_EVER);
      road.publish('poison');
      await eventually('it to be stuck', () => app.first.stuck === 1);
      expect(app.greenNotifications.status.stuck).toBe(1);
      expect(app.greenNotifications.status.instances[1]!.stuck).toBe(0);
      await road.clearQueue();
      await within('the next to be deleted', road.publish('next').deleted);
      await eventually('stuck to fall', () => app.first.stuck === 0);
      expect(app.greenNotifications.status.stuck).toBe(0);
    },
  );

  it('is no longer counted once GREEN-API says that its queue is empty', async () => {
    const clock = new ManualClock();
    await using road = await Road.start(1, { clock, rateLimits: false, ...SHORT_LIVED });
    const app = await road.run('polling', [inbox(new Journal(), failsAt('poison'))], FOR_EVER);
    road.publish('poison');
    await eventually('it to be stuck', () => app.first.stuck === 1);
    await clock.advance(SHORT_LIVED.retentionMs);
    await eventually('stuck to fall', async () => {
      await clock.advance(20_000);
      return app.first.stuck === 0;
    });
    expect(app.greenNotifications.status.stuck).toBe(0);
  });

  it('is no longer counted after a stop, and a start that finds it gone', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal(), failsAt('poison'))], FOR_EVER);
    road.publish('poison');
    await eventually('it to be stuck', () => app.first.stuck === 1);
    await app.greenNotifications.stop();
    await road.clearQueue();
    await app.greenNotifications.start();
    await within('the next to be deleted', road.publish('next').deleted);
    await eventually('stuck to fall', () => app.first.stuck === 0);
    expect(app.greenNotifications.status.stuck).toBe(0);
  });

  it('is counted once, however often it is tried, with a single attempt as well', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal, failsAt('poison'))], {
      deadLetters: NO_DEAD_LETTERS,
      retry: { attempts: 1, backoff: QUICK },
    });
    const poison = road.publish('poison');
    await eventually('five hand-outs', () => poison.handOuts.length >= 5);
    expect(app.first).toMatchObject({ stuck: 1, deadLettered: 0, acknowledged: 0 });
  });
});

describe('what is no notification', () => {
  it('is counted, for its instance and in total, by polling', async () => {
    await using road = await Road.start(2);
    const { greenNotifications } = await road.run('polling', [inbox(new Journal())]);
    for (const raw of ['null', '[]', '{"typeWebhook":7}']) road.at(1).publish(raw);
    road.publish('fine');
    await road.drained();
    await eventually('all to be counted', () => greenNotifications.status.unreadable === 3);
    expect(greenNotifications.status).toMatchObject({
      unreadable: 3,
      unhandled: 0,
      instances: [{ unreadable: 0 }, { unreadable: 3 }],
    });
  });
});
