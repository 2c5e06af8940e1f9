import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { idMessageOf } from '../notification/notification.accessors.js';
import type { Notification } from '../notification/notification.js';
import { DeadLetterWriter } from './dead-letter/dead-letter.writer.js';
import { InMemoryDeadLetterStore } from './dead-letter/in-memory-dead-letter.store.js';
import { Deduplicator } from './deduplication/deduplicator.js';
import { InMemoryDeduplicationStore } from './deduplication/deduplication.store.js';
import { DeliveryDispatcher } from './delivery.dispatcher.js';
import { InMemoryProgressStore } from './delivery-progress.js';
import { HandlerRunner } from './handler.runner.js';
import type { NotificationHandler } from './notification.handler.js';
import { NotificationStream } from './notification.stream.js';
import type { Outcome } from './outcome.js';
import { callDelivery } from './samples/call.delivery.js';
import { QuietLog } from './samples/quiet.log.js';

const ATTEMPTS = 3;
const HANDLERS = ['first', 'second'] as const;

const idOf = (one: Notification): string => idMessageOf(one) ?? '';

/**
 * For each notification: how often each handler and the store fail, and how many senders deliver
 * it.
 */
const plans = fc.array(
  fc.record({
    failures: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
    senders: fc.integer({ min: 1, max: 3 }),
    storeFailures: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the dispatcher, in every order of events', () => {
  it('runs no handler twice at once or after it succeeded, and settles every delivery', async () => {
    const property = fc.asyncProperty(fc.scheduler(), plans, async (scheduler, planned) => {
      const running = new Set<string>();
      const violations: string[] = [];
      const runs: Record<string, number> = {};
      const successes: Record<string, number> = {};
      const handlers = HANDLERS.map((name, index): NotificationHandler => ({
        name,
        matches: () => true,
        async run(delivery) {
          const id = idOf(delivery.notification);
          const run = `${id} ${name}`;
          if (running.has(run)) violations.push(`${run} ran twice at once`);
          if (successes[run]) violations.push(`${run} ran after its success`);
          running.add(run);
          runs[run] = (runs[run] ?? 0) + 1;
          await scheduler.schedule(Promise.resolve(), run);
          running.delete(run);
          if (runs[run] <= planned[Number(id)]!.failures[index]!) throw new Error('planned');
          successes[run] = 1;
        },
      }));

      const store = new InMemoryDeadLetterStore();
      const refusals = planned.map(({ storeFailures }) => storeFailures);
      const put = store.put.bind(store);
      store.put = async (letters) => {
        await scheduler.schedule(Promise.resolve(), 'put');
        const [letter] = letters;
        const id = Number(letter?.kind === 'unhandled' ? idOf(letter.notification) : 0);
        refusals[id]! -= 1;
        if (refusals[id]! >= 0) throw new Error('planned');
        await put(letters);
      };
      const memory = new InMemoryDeduplicationStore();
      const slowMemory = {
        get: async (key: string) => {
          await scheduler.schedule(Promise.resolve(), 'get');
          return memory.get(key);
        },
        set: async (key: string, value: true, ttlMs: number) => {
          await scheduler.schedule(Promise.resolve(), 'set');
          memory.set(key, value, ttlMs);
        },
      };
      const stream = new NotificationStream();
      const log = new QuietLog();
      const deadLetters = new DeadLetterWriter(log);
      deadLetters.use(store);
      new DeliveryDispatcher(
        stream,
        { handlers },
        new Deduplicator(slowMemory),
        new InMemoryProgressStore(),
        'acknowledge',
        {
          retry: {
            attempts: ATTEMPTS,
            backoff: { initialMs: 1, factor: 1, maxMs: 1, jitter: 0 },
          },
          runner: new HandlerRunner(60_000),
          deadLetters,
          log,
        },
      ).start();

      /** Delivers until the notification is done, as transports do. */
      const send = async (id: number): Promise<Outcome['result']> => {
        for (;;) {
          await scheduler.schedule(Promise.resolve(), `deliver ${id}`);
          const { result } = await stream.deliver(callDelivery(String(id)));
          if (result !== 'retry') return result;
        }
      };
      await scheduler.waitFor(
        Promise.all(
          planned.flatMap(({ senders }, id) => Array.from({ length: senders }, () => send(id))),
        ),
      );

      const letters = await store.list();
      for (const [id, { failures, storeFailures }] of planned.entries()) {
        HANDLERS.forEach((name, index) => {
          const run = `${id} ${name}`;
          const givesUp = failures[index]! >= ATTEMPTS;
          const letter = letters.some(
            (one) =>
              one.kind === 'unhandled' &&
              one.handler === name &&
              idOf(one.notification) === String(id),
          );
          if (!successes[run] && !letter) violations.push(`${run} was lost`);
          // While the store fails, a handler is retried, and may succeed in the end.
          if (storeFailures > 0) return;
          if (letter !== givesUp) violations.push(`${run} should ${givesUp ? '' : 'not '}give up`);
          if (runs[run] !== Math.min(failures[index]! + 1, ATTEMPTS)) {
            violations.push(`${run} ran ${runs[run]} times`);
          }
        });
      }
      expect(violations).toEqual([]);
    });
    await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined();
  }, 60_000);
});
