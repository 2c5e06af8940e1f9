import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../../support/deferred.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('an application that is closed', () => {
  it('refuses to start again', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())]);
    await app.nest.close();
    await expect(app.greenNotifications.start()).rejects.toMatchObject({
      code: 'APPLICATION_CLOSED',
    });
    expect(app.greenNotifications.status.state).toBe('stopped');
  });
});

describe('a start in a hook of the application, before it has started', () => {
  it('handles nothing before the handlers are found, even with a subscriber', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const entry = road.publish('early');
    @Injectable()
    class Eager {
      constructor(private readonly greenNotifications: GreenNotifications) {
        greenNotifications.outcomes$.subscribe();
      }

      async onModuleInit() {
        await this.greenNotifications.start();
        await eventually('it to be handed out', () => entry.handOuts.length > 0);
        await road.idle();
      }
    }
    await road.run('polling', [Eager, inbox(journal)]);
    await within('it to be deleted', entry.deleted);
    expect(journal.texts).toEqual(['early']);
  });
});

describe('a deduplication store that never answers', () => {
  it('lets no handler begin after a stop', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const answer = new Deferred<boolean>();
    const store = { get: () => answer.promise, set: () => undefined };
    const app = await road.run('polling', [inbox(journal)], {
      deduplication: { store },
      shutdownTimeoutMs: 20,
    });
    const entry = road.publish('late');
    await eventually('it to be handed out', () => entry.handOuts.length === 1);
    await app.greenNotifications.stop();
    answer.resolve(false);
    await road.idle();
    expect(journal.runs).toEqual([]);
    expect(entry.state).toBe('queued');
  });
});
