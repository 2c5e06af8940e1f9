import { beforeEach, jest } from '@jest/globals';

import { DeadLetterWriter } from '../dead-letter/dead-letter.writer.js';
import type { InMemoryDeadLetterStore } from '../dead-letter/in-memory-dead-letter.store.js';
import { InMemoryDeduplicationStore } from '../deduplication/deduplication.store.js';
import { Deduplicator } from '../deduplication/deduplicator.js';
import { DeliveryDispatcher } from '../delivery.dispatcher.js';
import { InMemoryProgressStore, type ProgressStore } from '../delivery-progress.js';
import { HandlerRunner } from '../handler.runner.js';
import type { NotificationHandler } from '../notification.handler.js';
import { NotificationStream } from '../notification.stream.js';
import { callDelivery } from './call.delivery.js';
import { QuietLog } from './quiet.log.js';

const clock = { nowMs: 0 };

/** From here on, time passes only between deliveries. */
export function stopClock(): void {
  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => clock.nowMs);
    jest.spyOn(Date, 'now').mockImplementation(() => clock.nowMs);
  });
}

type Run = (attempt: number, signal: AbortSignal) => unknown;
type Conditional = { readonly matches: () => boolean; readonly run: Run };

/** A dispatcher with these handlers, three attempts for each, and a way to deliver to it. */
export function setUp(
  handlers: Record<string, Run | Conditional>,
  options: {
    store?: InMemoryDeadLetterStore | undefined;
    timeoutMs?: number;
    progress?: ProgressStore;
  } = {},
) {
  const list = Object.entries(handlers).map(([name, given]): NotificationHandler => {
    const { matches, run } =
      typeof given === 'function' ? { matches: () => true, run: given } : given;
    return { name, matches, run: async (_delivery, attempt, { signal }) => run(attempt, signal) };
  });
  const stream = new NotificationStream();
  const log = new QuietLog();
  const deadLetters = new DeadLetterWriter(log);
  deadLetters.use(options.store);
  const dispatcher = new DeliveryDispatcher(
    stream,
    { handlers: list },
    new Deduplicator(new InMemoryDeduplicationStore()),
    options.progress ?? new InMemoryProgressStore(),
    'acknowledge',
    {
      retry: { attempts: 3, backoff: { initialMs: 10, factor: 2, maxMs: 70, jitter: 0 } },
      runner: new HandlerRunner(options.timeoutMs ?? 60_000),
      deadLetters,
      log,
    },
  );
  dispatcher.start();
  /** @param afterMs time since the last delivery; by default longer than any back-off */
  const deliver = (idMessage = 'a', afterMs = 100) => {
    clock.nowMs += afterMs;
    return stream.deliver(callDelivery(idMessage));
  };
  return { deliver, dispatcher, stream };
}

export function failing(): never {
  throw new Error('no');
}
