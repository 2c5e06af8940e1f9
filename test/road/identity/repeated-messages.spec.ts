import { describe, expect, it } from '@jest/globals';

import { eventually } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('a message that comes again after it was handled', () => {
  it('is a duplicate, also with a new receipt, and counted as one', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)]);
    const body = road.instance.build.incomingText('once');
    road.publishCopies(body, 3);
    await road.drained();
    expect(journal.texts).toEqual(['once']);
    await eventually('two duplicates', () => app.first.duplicates === 2);
    expect(app.first).toMatchObject({ received: 3, unhandled: 0 });
  });

  it('differs in its outcome from one that nobody handled', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())], { push: false });
    const reasons: unknown[] = [];
    app.greenNotifications.outcomes$.subscribe(({ outcome }) =>
      reasons.push(outcome.result === 'acknowledged' && outcome.reason),
    );
    const body = road.instance.build.incomingText('once');
    for (let n = 0; n < 2; n += 1) await road.post(app.url, body);
    expect(reasons).toEqual(['handled', 'duplicate']);
  });
});
