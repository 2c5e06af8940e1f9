import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { Refusal } from './refusal.js';
import { RefusalLog } from './refusal.log.js';

describe('RefusalLog', () => {
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

  it('logs the first refusal of a kind at once, and the number of further ones once a minute', () => {
    const log = new RefusalLog();
    log.add(new Refusal('token', '203.0.113.1'));
    for (let n = 0; n < 100; n += 1) log.add(new Refusal('token', '203.0.113.9'));
    expect(lines).toEqual([expect.stringContaining('from 203.0.113.1 with 401')]);
    jest.advanceTimersByTime(60_000);
    expect(lines[1]).toContain('Refused 100 more webhooks with 401, the last from 203.0.113.9');
    log.add(new Refusal('token', undefined));
    expect(lines).toHaveLength(2);
    jest.advanceTimersByTime(120_000);
    expect(lines).toHaveLength(3);
    log.add(new Refusal('token', undefined));
    expect(lines).toHaveLength(4);
  });

  it('counts each kind separately', () => {
    const log = new RefusalLog();
    log.add(new Refusal('token', undefined));
    log.add(new Refusal('address', undefined));
    log.add(new Refusal('instance', undefined));
    expect(lines).toHaveLength(3);
  });

  it('logs the remaining refusals when it is flushed', () => {
    const log = new RefusalLog();
    log.add(new Refusal('cut-off', undefined));
    log.add(new Refusal('cut-off', undefined));
    log.flush();
    expect(lines[1]).toContain('Refused 1 more');
    expect(jest.getTimerCount()).toBe(0);
  });
});
