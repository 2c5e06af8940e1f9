import { ManualClock } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { failsForText } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { FOR_EVER, NO_DEAD_LETTERS, QUICK, Road, TRANSPORTS } from '../support/road.js';

/** GREEN-API keeps a notification for 24 h. Here time passes faster. */
const SHORT_LIVED = { retentionMs: 10_000 };

describe('a stuck notification', () => {
  it.each(TRANSPORTS)(
    'is no longer counted once another one is received in its place (%s)',
    async (transport) => {
      await using road = await Road.start(2);
      const journal = new Journal();
      const app = await road.run(transport, [inbox(journal, failsForText('poison'))], FOR_EVER);
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
    const app = await road.run('polling', [inbox(new Journal(), failsForText('poison'))], FOR_EVER);
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
    const app = await road.run('polling', [inbox(new Journal(), failsForText('poison'))], FOR_EVER);
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
    const app = await road.run('polling', [inbox(journal, failsForText('poison'))], {
      deadLetters: NO_DEAD_LETTERS,
      retry: { attempts: 1, backoff: QUICK },
    });
    const poison = road.publish('poison');
    await eventually('five hand-outs', () => poison.handOuts.length >= 5);
    expect(app.first).toMatchObject({ stuck: 1, deadLettered: 0, acknowledged: 0 });
  });
});
