import type { Delivery, DeliveryOutcome, GreenNotifications } from '@green-notifications/nestjs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Subject } from 'rxjs';

import { DemoParallelism } from './demo.parallelism.js';

describe('the parallelism of the demo', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('counts the chats at the same time, and compares the time with one after the other', () => {
    const notifications$ = new Subject<Delivery>();
    const outcomes$ = new Subject<DeliveryOutcome>();
    const parallelism = new DemoParallelism({
      notifications$,
      outcomes$,
    } as unknown as GreenNotifications);
    const [one, two, three] = [{}, {}, {}] as Delivery[];
    const end = (delivery: Delivery) => outcomes$.next({ delivery } as DeliveryOutcome);

    notifications$.next(one!);
    notifications$.next(two!);
    jest.advanceTimersByTime(1000);
    end(one!);
    end(two!);
    jest.advanceTimersByTime(5000);
    notifications$.next(three!);
    jest.advanceTimersByTime(500);
    expect(parallelism.status).toBe('chats at the same time: 1 now, 2 at most');
    end(three!);

    expect(parallelism.summary).toBe(
      'Chats that were handled at the same time: 2 at most. ' +
        'The handlers took 1.5 s; one after the other they take 2.5 s',
    );
  });
});
