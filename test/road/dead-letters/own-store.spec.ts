import { describe, expect, it } from '@jest/globals';

import { rejects } from '../support/behaviours.js';
import { within } from '../support/eventually.js';
import { OwnStore } from '../support/own-letter.store.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('a store of the application', () => {
  it('is checked at the start, and not listed', async () => {
    await using road = await Road.start();
    const store = new OwnStore(() => false);
    await road.run('polling', [inbox(new Journal())], { deadLetters: { store } });
    expect(store).toMatchObject({ checks: 1, lists: 0 });
  });

  it('stops the start when its check fails', async () => {
    await using road = await Road.start();
    const store = new OwnStore(() => false);
    store.check = () => Promise.reject(new Error('no such table'));
    await expect(
      road.run('polling', [inbox(new Journal())], { deadLetters: { store } }),
    ).rejects.toMatchObject({ code: 'DEAD_LETTER_STORE_UNUSABLE' });
    expect(road.instance.requests.records).toEqual([]);
  });

  it('needs no check of its own', async () => {
    await using road = await Road.start();
    const { put, get, list, discard } = OwnStore.prototype;
    const store = Object.assign(Object.create({ put, get, list, discard }), {
      puts: [],
      kept: new Map(),
      lists: 0,
      failsAt: () => false,
    }) as OwnStore;
    await road.run('polling', [inbox(new Journal(), rejects)], { deadLetters: { store } });
    await within('it to be deleted', road.publish('poison').deleted);
    expect(store.lists).toBe(0);
    expect(store.kept.size).toBe(1);
  });
});
