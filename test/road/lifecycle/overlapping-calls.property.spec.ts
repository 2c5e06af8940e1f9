import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('38. starts and stops, additions and removals', () => {
  it('happen one after the other, whatever is asked for and in which order', async () => {
    const operation = fc.constantFrom('start', 'stop', 'add', 'remove', 'publish');
    const property = fc.asyncProperty(
      fc.array(operation, { minLength: 4, maxLength: 14 }),
      async (operations) => {
        await using road = await Road.start(2, { rateLimits: false });
        const journal = new Journal();
        const { greenNotifications } = await road.run('polling', [inbox(journal)], {
          instances: [road.given(0)],
        });
        const model = { isRunning: true, isThere: false };
        const expected: string[] = [];
        const ends: Promise<string>[] = [];
        for (const name of operations) {
          if (name === 'publish') road.publish('anything', road.at(ends.length % 2));
          const { end, expect: answer } = step(name, greenNotifications, road, model);
          ends.push(end);
          expected.push(answer);
        }
        expect(await within('every operation to end', Promise.all(ends))).toEqual(expected);
        expect(greenNotifications.status.state).toBe(model.isRunning ? 'running' : 'stopped');
        expect(greenNotifications.instances).toHaveLength(model.isThere ? 2 : 1);
        const wanted = [model.isRunning ? 1 : 0, model.isRunning && model.isThere ? 1 : 0];
        const polls = () => [road.at(0).parkedPolls, road.at(1).parkedPolls];
        await eventually(
          () => `${wanted.join(' and ')} polls (there are ${polls().join(' and ')})`,
          () => polls().every((count, index) => count === wanted[index]),
        );
        await road.idle(3);
        expect(polls()).toEqual(wanted);
      },
    );
    await expect(fc.assert(property, { seed: 8, numRuns: 15 })).resolves.toBeUndefined();
  });
});

/** Asks for one operation without waiting for it, and says what is to come of it. */
function step(
  name: string,
  greenNotifications: GreenNotifications,
  road: Road,
  model: { isRunning: boolean; isThere: boolean },
): { end: Promise<string>; expect: string } {
  const endOf = (work: Promise<unknown>) =>
    work.then(
      (value) => (typeof value === 'boolean' ? String(value) : 'done'),
      (error: { code: string }) => error.code,
    );
  const { isRunning, isThere } = model;
  switch (name) {
    case 'start':
      model.isRunning = true;
      return {
        end: endOf(greenNotifications.start()),
        expect: isRunning ? 'ALREADY_STARTED' : 'done',
      };
    case 'stop':
      model.isRunning = false;
      return { end: endOf(greenNotifications.stop()), expect: 'done' };
    case 'add':
      model.isThere = true;
      return {
        end: endOf(greenNotifications.addInstance(road.given(1))),
        expect: isThere ? 'DUPLICATE_INSTANCE' : 'done',
      };
    case 'remove':
      model.isThere = false;
      return {
        end: endOf(greenNotifications.removeInstance(String(road.ids[1]))),
        expect: String(isThere),
      };
    default:
      return { end: Promise.resolve('done'), expect: 'done' };
  }
}
