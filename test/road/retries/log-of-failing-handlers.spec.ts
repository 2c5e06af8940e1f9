import { describe, expect, it } from '@jest/globals';

import { fail, fails, rejects, retriesAfterMs } from '../support/behaviours.js';
import { eventually } from '../support/eventually.js';
import { type Behaviour, inbox, Journal } from '../support/recording-inbox.js';
import { NO_DEAD_LETTERS, QUICK, Road, type RunOptions } from '../support/road.js';

const HALF_A_SECOND = { retry: { backoff: { initialMs: 500, maxMs: 500, jitter: 0 } } };

/** What is logged at the first failure of `Inbox.onAny`. */
async function failureLogged(
  road: Road,
  transport: 'polling' | 'webhook',
  behave: Behaviour,
  options: RunOptions,
): Promise<string> {
  const { url } = await road.run(transport, [inbox(new Journal(), behave)], {
    push: false,
    ...options,
  });
  const body = road.instance.build.incomingText('bad');
  if (transport === 'polling') road.instance.publish(body);
  else await road.post(url, body);
  const lines = () => road.logs.lines.filter((line) => line.includes('Inbox.onAny failed'));
  await eventually('the failure to be logged', () => lines().length > 0);
  return lines()[0]!;
}

/** GREEN-API sends it again about a minute later, whatever the application would like. */
const GREEN_API_DECIDES = /when GREEN-API (sends|posts|delivers) it again/i;

describe('the log of a handler that fails', () => {
  const WAYS: [string, Behaviour][] = [
    ['throws', () => fail()],
    ['throws RetryAfter', retriesAfterMs(500)],
  ];

  it.each(WAYS)(
    'says that GREEN-API decides when a webhook comes again: the handler %s',
    async (_how, behave) => {
      await using road = await Road.start();
      const line = await failureLogged(road, 'webhook', behave, HALF_A_SECOND);
      expect(line).toMatch(GREEN_API_DECIDES);
      expect(line).not.toContain('0.5 s');
    },
  );

  it.each(WAYS)(
    'says after which time polling tries again: the handler %s',
    async (_how, behave) => {
      await using road = await Road.start();
      const line = await failureLogged(road, 'polling', behave, HALF_A_SECOND);
      expect(line).toContain('0.5 s');
      expect(line).not.toMatch(GREEN_API_DECIDES);
    },
  );

  const AT: [string, Behaviour, RegExp][] = [
    ['an error, with its stack, for any error', () => fail(), /^ERROR [^]* at fail /],
    [
      'a warning for Reject',
      rejects,
      /^WARN Inbox\.onAny failed to handle incomingMessageReceived \S+ \(attempt 1\); giving up: never Green/,
    ],
    [
      'no more than a line for debugging for RetryAfter',
      retriesAfterMs(500),
      /^DEBUG Inbox\.onAny failed to handle incomingMessageReceived \S+ \(attempt 1\); next attempt in 0\.5 s: retry after 500 ms Green/,
    ],
  ];

  it.each(AT)('is %s', async (_what, behave, line) => {
    await using road = await Road.start();
    expect(await failureLogged(road, 'polling', behave, HALF_A_SECOND)).toMatch(line);
  });

  it('is an error, without a stack, if the last attempt throws RetryAfter', async () => {
    await using road = await Road.start();
    const line = await failureLogged(road, 'polling', retriesAfterMs(500), {
      retry: { attempts: 1, backoff: QUICK },
    });
    expect(line).toMatch(/^ERROR .*; giving up: retry after 500 ms undefined Green/);
  });

  it('says the same of a webhook that is kept after its last attempt', async () => {
    await using road = await Road.start();
    await failureLogged(road, 'webhook', () => fail(), {
      deadLetters: NO_DEAD_LETTERS,
      retry: { attempts: 1, backoff: QUICK },
    });
    const stuck = () => road.logs.having('ERROR', 'used up its attempts');
    await eventually('it to be logged as stuck', () => stuck().length > 0);
    expect(stuck()[0]).toMatch(GREEN_API_DECIDES);
    expect(stuck()[0]).not.toMatch(/next attempt in/);
  });

  it('promises no next attempt of its own when the dead letter store fails', async () => {
    await using road = await Road.start();
    road.letters.put = () => Promise.reject(new Error('disk full'));
    await failureLogged(road, 'webhook', () => fail(), { retry: { attempts: 1, backoff: QUICK } });
    await eventually('it to be logged', () => road.logs.having('ERROR', 'disk full').length > 0);
    expect(road.logs.having('ERROR', 'next attempt in')).toEqual([]);
  });

  it('speaks of giving up only where there are dead letters', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, fails)], {
      deadLetters: false,
      retry: { attempts: 2, backoff: QUICK },
    });
    road.publish('poison');
    await eventually('four attempts', () => journal.runs.length >= 4);
    expect(road.logs.having('ERROR', 'giving up')).toEqual([]);
    expect(road.logs.having('ERROR', 'has used up its attempts')).toHaveLength(1);
    expect(road.logs.having('ERROR', '(attempt 3); next attempt')).toHaveLength(1);
  });
});
