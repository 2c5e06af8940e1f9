import { answerWith } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { fail, rejects, succeeds } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal, pair } from '../support/recording-inbox.js';
import { QUICK, Road, TRANSPORTS } from '../support/road.js';

describe('36. kinds without an id of their own that fail', () => {
  it.each(TRANSPORTS)(
    'become as many dead letters as there were bodies (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      await road.run(transport, [inbox(journal, rejects)]);
      const body = road.instance.build.quotaExceeded();
      road.publishCopies(body, 3);
      await road.drained();
      expect(journal.runs).toHaveLength(3);
      expect(await road.letters.list()).toHaveLength(3);
    },
  );

  it('are redriven into the same letter', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal(), rejects)]);
    await within(
      'it to be deleted',
      road.instance.publish(road.instance.build.quotaExceeded()).deleted,
    );
    const [letter] = await road.letters.list();
    await within('the redrive', app.greenNotifications.deadLetters.redrive(letter!.id));
    expect((await road.letters.list()).map(({ id }) => id)).toEqual([letter!.id]);
  });

  it.each([
    ['nothing', undefined],
    ['something else', 'else'],
  ])('begin anew when GREEN-API had dropped the one before and then had %s', async (_, between) => {
    await using road = await Road.start();
    const journal = new Journal();
    const isQuota = (run: { kind: string }) => run.kind === 'quotaExceeded';
    let isFailing = true;
    await road.run(
      'polling',
      [pair(journal, succeeds, (run) => (isQuota(run) && isFailing ? fail() : undefined))],
      { retry: { attempts: 100, backoff: QUICK } },
    );
    const body = road.instance.build.quotaExceeded();
    road.instance.publish(body);
    await eventually('two failures', () => journal.of('second').filter(isQuota).length >= 2);
    const emptyAnswer = road.emulator.faults.next(
      { method: 'receiveNotification', when: () => road.instance.queueLength === 0 },
      answerWith({ status: 200, body: 'null' }),
    );
    await road.clearQueue();
    if (between === undefined) {
      await eventually('an empty answer', () => emptyAnswer.fired === 1);
    } else await within('what came between', road.publish(between).deleted);
    isFailing = false;
    const runsBefore = journal.of('second').filter(isQuota).length;
    await within('the next to be deleted', road.instance.publish(body).deleted);
    expect(journal.of('second').filter(isQuota).slice(runsBefore)).toMatchObject([{ attempt: 1 }]);
    expect(journal.of('first').filter(isQuota)).toHaveLength(2);
  });
});

describe('what a dropped notification without an id leaves behind', () => {
  it('is not credited to an equal one that follows at once', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    let isFailing = true;
    await road.run('polling', [pair(journal, succeeds, () => (isFailing ? fail() : undefined))], {
      retry: { attempts: 100, backoff: QUICK },
    });
    const body = road.instance.build.quotaExceeded();
    road.instance.publish(body);
    const next = road.instance.publish(body);
    await eventually('a failure', () => journal.of('second').length > 0);
    expect(journal.of('first')).toHaveLength(1);
    road.instance.expireHead();
    await eventually('the next one to be handed out', () => next.handOuts.length > 0);
    isFailing = false;
    await within('it to be deleted', next.deleted);
    expect(journal.of('first').length).toBeGreaterThanOrEqual(2);
  });

  it('is not credited to an equal one: its late success', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const finish = new Deferred();
    await road.run(
      'polling',
      [inbox(journal, ({ kind }) => (kind === 'quotaExceeded' ? finish.promise : undefined))],
      { handlerTimeoutMs: 20, retry: { attempts: 100, backoff: QUICK } },
    );
    const body = road.instance.build.quotaExceeded();
    road.instance.publish(body);
    await eventually('its time-out', () => road.logs.having('ERROR', 'within 20 ms').length > 0);
    await road.clearQueue();
    await within('what came between', road.publish('between').deleted);
    finish.resolve();
    await within('the next to be deleted', road.instance.publish(body).deleted);
    expect(journal.runs.filter(({ kind }) => kind === 'quotaExceeded')).toHaveLength(2);
  });
});
