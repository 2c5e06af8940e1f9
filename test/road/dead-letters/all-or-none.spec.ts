import type { DeadLetter } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { fails, rejects } from '../support/behaviours.js';
import { alarm } from '../support/dead-letter-alarm.js';
import { eventually, within } from '../support/eventually.js';
import { OwnStore } from '../support/own-letter.store.js';
import { Journal, pair } from '../support/recording-inbox.js';
import { QUICK, Road, TRANSPORTS } from '../support/road.js';

describe.each(TRANSPORTS)(
  'the dead letters of two handlers of one notification (%s)',
  (transport) => {
    const BOTH = ['Pair.first', 'Pair.second'];

    it('are stored all or none, when the store fails for one of them', async () => {
      await using road = await Road.start();
      let isFull = true;
      const store = new OwnStore((handlers) => isFull && handlers.includes('Pair.second'));
      const journal = new Journal();
      const app = await road.run(transport, [pair(journal, rejects, rejects)], {
        deadLetters: { store },
      });
      const entry = road.publish('poison');
      await eventually(
        'the store to fail',
        () => road.logs.having('ERROR', 'disk full').length > 0,
      );
      expect(entry.state).toBe('queued');
      expect([...store.kept.values()]).toEqual([]);
      expect(app.first).toMatchObject({ deadLettered: 0, acknowledged: 0 });
      isFull = false;
      await within('it to be deleted', entry.deleted);
      expect(store.puts.at(-1)).toEqual(BOTH);
      expect(store.puts.every((handlers) => handlers.length === 2)).toBe(true);
      expect(store.kept.size).toBe(2);
      expect(app.first).toMatchObject({ stuck: 0 });
    });

    it('are stored together, when one gives up later than the other', async () => {
      await using road = await Road.start();
      const store = new OwnStore(() => false);
      const journal = new Journal();
      const received: DeadLetter[] = [];
      await road.run(transport, [pair(journal, rejects, fails), alarm(received)], {
        deadLetters: { store },
        retry: { attempts: 3, backoff: QUICK },
      });
      await within('it to be deleted', road.publish('poison').deleted);
      expect(store.puts).toEqual([BOTH]);
      expect(journal.attempts('first')).toEqual([1]);
      expect(journal.attempts('second')).toEqual([1, 2, 3]);
      await eventually('both to be received', () => received.length === 2);
    });

    it('reach @OnDeadLetter only once both are stored', async () => {
      await using road = await Road.start();
      const received: DeadLetter[] = [];
      const store = new OwnStore((_handlers, put) => put === 1);
      await road.run(transport, [pair(new Journal(), rejects, rejects), alarm(received)], {
        deadLetters: { store },
      });
      await within('it to be deleted', road.publish('poison').deleted);
      await eventually('both to be received', () => received.length >= 2);
      expect(received).toHaveLength(2);
      expect(store.puts).toEqual([BOTH, BOTH]);
    });
  },
);
