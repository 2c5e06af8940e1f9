import { answerWith, ManualClock } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { eventually, within } from '../support/eventually.js';
import { anyDate } from '../support/failures.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { type App, Road } from '../support/road.js';

describe('the last answer in the status of an instance', () => {
  it('is missing before the first one, and there is no failure when all is well', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())]);
    await eventually('a poll', () => road.instance.parkedPolls === 1);
    expect(app.first).toMatchObject({ failures: [] });
    expect(app.first.lastAnswer).toBeUndefined();
  });

  it('is a notification, its deletion, nothing, or that it was already gone', async () => {
    const clock = new ManualClock();
    await using road = await Road.start(1, { clock, rateLimits: false });
    const results: unknown[] = [];
    const parts: { app?: App } = {};
    parts.app = await road.run('polling', [
      inbox(new Journal(), () => results.push(parts.app!.first.lastAnswer?.result)),
    ]);
    const { app } = parts;
    await within('it to be deleted', road.publish('one').deleted);
    expect(results).toEqual(['notification']);
    await eventually('deleted', () => app.first.lastAnswer?.result === 'deleted');
    await eventually('a poll', () => road.instance.parkedPolls === 1);
    await clock.advance(60_000);
    await eventually('nothing', () => app.first.lastAnswer?.result === 'nothing');
    expect(app.first.lastAnswer).toMatchObject({ at: anyDate });

    road.emulator.faults.next(
      { method: 'deleteNotification' },
      answerWith({ status: 200, body: { result: false } }, 'after-effect'),
    );
    const seen: unknown[] = [];
    road.publish('two');
    await eventually('already gone', () => {
      seen.push(app.first.lastAnswer?.result);
      return seen.at(-1) === 'already gone';
    });
    expect(app.first.failures).toEqual([]);
  });
});
