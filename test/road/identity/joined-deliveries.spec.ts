import { sentTwice } from '@green-notifications/emulator';
import type { DeadLetter, DeliveryOutcome } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { fail, untilAborted } from '../support/behaviours.js';
import { alarm } from '../support/dead-letter-alarm.js';
import { eventually, within } from '../support/eventually.js';
import { type Behaviour, inbox, Journal } from '../support/recording-inbox.js';
import { type App, QUICK, Road, type RunOptions } from '../support/road.js';

function outcomesOf({ greenNotifications }: App): DeliveryOutcome['outcome'][] {
  const outcomes: DeliveryOutcome['outcome'][] = [];
  greenNotifications.outcomes$.subscribe(({ outcome }) => outcomes.push(outcome));
  return outcomes;
}

/** Four equal POSTs that are handled by one run, which ends as told. */
async function fourAtOnce(road: Road, end: Behaviour, options: RunOptions = {}) {
  const journal = new Journal();
  const finish = new Deferred();
  const received: DeadLetter[] = [];
  const behave: Behaviour = async (run) => {
    await finish.promise;
    return end(run);
  };
  const app = await road.run('webhook', [inbox(journal, behave), alarm(received)], {
    push: false,
    ...options,
  });
  const outcomes = outcomesOf(app);
  const body = road.instance.build.incomingText('four times');
  const answers = Array.from({ length: 4 }, () => road.post(app.url, body));
  await eventually('four deliveries', () => app.first.received === 4);
  expect(app.first.inFlight).toBeGreaterThan(0);
  finish.resolve();
  const statuses = (await within('the answers', Promise.all(answers))).map(({ status }) => status);
  return { app, journal, outcomes, statuses, received, body };
}

describe('a delivery that joins a run under way', () => {
  it('is marked as joined, has no runs of its own, and is counted as joined only', async () => {
    await using road = await Road.start(2);
    const { app, journal, outcomes, statuses } = await fourAtOnce(road, () => undefined);
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(journal.runs).toHaveLength(1);
    const joined = outcomes.filter((outcome) => outcome.joined);
    const own = outcomes.filter((outcome) => !outcome.joined);
    expect(own).toMatchObject([
      { result: 'acknowledged', reason: 'handled', runs: [{ handler: 'Inbox.onAny', attempt: 1 }] },
    ]);
    expect(joined).toHaveLength(3);
    for (const outcome of joined) {
      expect(outcome).toMatchObject({ result: 'acknowledged', runs: [], joined: true });
    }
    const counts = { received: 4, acknowledged: 1, joined: 3, duplicates: 0, inFlight: 0 };
    expect(app.greenNotifications.status).toMatchObject({
      ...counts,
      instances: [counts, { received: 0, joined: 0 }],
    });
  });

  it('is answered as the run ends, and the failure is counted once', async () => {
    await using road = await Road.start();
    const { app, journal, outcomes, statuses } = await fourAtOnce(road, () => fail('not yet'));
    expect(statuses).toEqual([500, 500, 500, 500]);
    expect(journal.runs).toHaveLength(1);
    expect(outcomes.flatMap(({ runs }) => runs)).toHaveLength(1);
    expect(outcomes.every(({ result }) => result === 'retry')).toBe(true);
    expect(app.first).toMatchObject({ received: 4, retried: 1, joined: 3, acknowledged: 0 });
    expect(road.logs.having('ERROR', 'failed')).toHaveLength(1);
  });

  it('makes no second dead letter, and @OnDeadLetter runs once', async () => {
    await using road = await Road.start();
    const { app, outcomes, statuses, received } = await fourAtOnce(road, () => fail(), {
      retry: { attempts: 1, backoff: QUICK },
    });
    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(outcomes.map(({ result }) => result)).toEqual([
      'dead-lettered',
      'dead-lettered',
      'dead-lettered',
      'dead-lettered',
    ]);
    expect(outcomes.filter(({ joined }) => joined)).toHaveLength(3);
    expect(app.first).toMatchObject({ received: 4, deadLettered: 1, joined: 3, acknowledged: 0 });
    expect(received).toHaveLength(1);
    expect(await road.letters.list()).toHaveLength(1);
  });

  it('is no duplicate: that is what comes after the run has ended', async () => {
    await using road = await Road.start();
    const { app, body, outcomes } = await fourAtOnce(road, () => undefined);
    expect((await road.post(app.url, body)).status).toBe(200);
    expect(outcomes.at(-1)).toMatchObject({
      result: 'acknowledged',
      reason: 'duplicate',
      runs: [],
    });
    expect(outcomes.at(-1)!.joined).toBeFalsy();
    expect(app.first).toMatchObject({ received: 5, joined: 3, duplicates: 1 });
  });

  it('is marked as joined after the first one was answered 503, too', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const finish = new Deferred();
    const app = await road.run('webhook', [inbox(journal, () => finish.promise)], {
      push: false,
      webhook: { answerTimeoutMs: 20 },
    });
    const outcomes = outcomesOf(app);
    const body = road.instance.build.incomingText('slow');
    expect((await road.post(app.url, body)).status).toBe(503);
    expect((await road.post(app.url, body)).status).toBe(503);
    finish.resolve();
    await eventually('both outcomes', () => outcomes.length === 2);
    expect(outcomes.flatMap(({ runs }) => runs)).toHaveLength(1);
    expect(app.first).toMatchObject({ received: 2, acknowledged: 1, joined: 1, inFlight: 0 });
    expect(journal.runs).toHaveLength(1);
  });

  it('is not in flight any more after a stop cut the run off', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal, untilAborted)], {
      push: false,
      shutdownTimeoutMs: 10,
      retry: { attempts: 1, backoff: QUICK },
    });
    const body = road.instance.build.incomingText('cut off');
    const answers = [0, 1, 2].map(() => road.post(app.url, body));
    await eventually('three deliveries', () => app.first.received === 3);
    await app.greenNotifications.stop();
    for (const answer of answers) expect((await answer).status).toBe(503);
    await eventually('nothing in flight', () => app.first.inFlight === 0);
    expect(app.first).toMatchObject({ received: 3, joined: 2, deadLettered: 0 });
    expect(await road.letters.list()).toEqual([]);
  });

  it('is counted for its instance, when GREEN-API sends each twice', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    road.emulator.faults.nextPush({ times: 5, idInstance: road.ids[1]! }, sentTwice());
    const app = await road.run('webhook', [
      inbox(journal, () => new Promise((resolve) => setImmediate(resolve))),
    ]);
    for (let n = 0; n < 5; n += 1) road.publish(String(n), road.at(1));
    await road.drained();
    await eventually('both of each', () => app.greenNotifications.status.received === 10);
    const [, second] = app.greenNotifications.status.instances;
    expect(second!.joined + second!.duplicates).toBe(5);
    expect(journal.runs).toHaveLength(5);
  });
});
