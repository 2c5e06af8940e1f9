import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { type RepeatedEvent, ThrottledLog } from './throttled.log.js';

const event = (kind: string, from: string): RepeatedEvent => ({
  kind,
  level: 'warn',
  describe: (more) =>
    more === undefined ? `${kind} from ${from}` : `${more} more ${kind}, ${from}`,
});

describe('ThrottledLog', () => {
  const lines: string[] = [];
  const keep = (message: unknown) => void lines.push(String(message));

  beforeEach(() => {
    jest.useFakeTimers();
    lines.length = 0;
    Logger.overrideLogger({ log: keep, warn: keep, error: keep });
  });

  afterEach(() => {
    jest.useRealTimers();
    Logger.overrideLogger(['log', 'warn', 'error']);
  });

  it('logs the first event of a kind at once, and the number of further ones once a minute', () => {
    const log = new ThrottledLog();
    log.add(event('refused', 'a'));
    for (let n = 0; n < 100; n += 1) log.add(event('refused', 'b'));
    expect(lines).toEqual(['refused from a']);
    jest.advanceTimersByTime(60_000);
    expect(lines[1]).toBe('100 more refused, b');
    log.add(event('refused', 'c'));
    expect(lines).toHaveLength(2);
    jest.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(3);
    log.add(event('refused', 'd'));
    expect(lines[3]).toBe('refused from d');
  });

  it('counts each kind separately', () => {
    const log = new ThrottledLog();
    for (const kind of ['refused', 'unreadable', 'lost']) log.add(event(kind, 'a'));
    expect(lines).toHaveLength(3);
  });

  it('logs the remaining events when it is flushed', () => {
    const log = new ThrottledLog();
    log.add(event('refused', 'a'));
    log.add(event('refused', 'a'));
    log.flush();
    expect(lines[1]).toBe('1 more refused, a');
    expect(jest.getTimerCount()).toBe(0);
  });
});
