import { RetryAfter } from '@green-notifications/nestjs';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { jumpTime } from '../../support/jump-time.js';
import { fails, succeeds, succeedsAtAttempt } from '../support/behaviours.js';
import { Journal, pair } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

const MINUTE_MS = 60_000;

describe('a webhook that comes early', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const LONG = {
    attempts: 4,
    backoff: { initialMs: 10 * MINUTE_MS, maxMs: 60 * MINUTE_MS, jitter: 0 },
  };

  it('runs only the handlers that are due', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run(
      'webhook',
      [
        pair(
          journal,
          ({ attempt }) => {
            if (attempt < 3) throw new RetryAfter(0);
          },
          succeedsAtAttempt(2),
        ),
      ],
      { retry: LONG, push: false },
    );
    const body = road.instance.build.incomingText('order');
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await road.post(url, body)).status);
    expect(statuses).toEqual([500, 500, 500, 500]);
    expect(journal.attempts('first')).toEqual([1, 2, 3]);
    expect(journal.attempts('second')).toEqual([1]);
    jumpTime(10 * MINUTE_MS);
    expect((await road.post(url, body)).status).toBe(200);
    expect(journal.attempts('second')).toEqual([1, 2]);
    expect(journal.attempts('first')).toEqual([1, 2, 3]);
  });

  it('runs a handler that is due in a moment', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run('webhook', [pair(journal, succeeds, succeedsAtAttempt(2))], {
      retry: { attempts: 4, backoff: { initialMs: MINUTE_MS, maxMs: MINUTE_MS, jitter: 0 } },
      push: false,
    });
    const body = road.instance.build.incomingText('order');
    expect((await road.post(url, body)).status).toBe(500);
    jumpTime(MINUTE_MS - 100);
    expect((await road.post(url, body)).status).toBe(200);
    expect(journal.attempts('second')).toEqual([1, 2]);
    expect(journal.attempts('first')).toEqual([1]);
  });

  it('does not use up the attempts, however often it comes', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run('webhook', [pair(journal, succeeds, fails)], {
      retry: LONG,
      push: false,
    });
    const body = road.instance.build.incomingText('order');
    for (let n = 0; n < 10; n += 1) expect((await road.post(url, body)).status).toBe(500);
    expect(journal.attempts('second')).toEqual([1]);
    expect(await road.letters.list()).toEqual([]);
  });
});
