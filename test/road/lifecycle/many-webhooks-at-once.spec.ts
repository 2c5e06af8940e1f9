import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { eventually } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('many webhooks at once', () => {
  it('cause no warning of a leak', async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => warnings.push(warning);
    process.on('warning', listener);
    await using road = await Road.start();
    const finish = new Deferred();
    const journal = new Journal();
    const { url } = await road.run('webhook', [inbox(journal, () => finish.promise)], {
      push: false,
    });
    const { build } = road.instance;
    const answers = Array.from({ length: 24 }, (_, n) =>
      road.post(url, build.incomingText(`${n}`)),
    );
    await eventually('all of them to run', () => journal.runs.length === 24);
    finish.resolve();
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    await new Promise(setImmediate);
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });
});
