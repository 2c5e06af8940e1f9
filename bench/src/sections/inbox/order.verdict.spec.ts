import { describe, expect, it } from '@jest/globals';

import type { HandlerRun } from '../../inbox/handler.log.js';
import { judgeOrder } from './order.verdict.js';

const run = (
  chat: number,
  number: number,
  startedAtMs: number,
  endedAtMs?: number,
): HandlerRun => ({
  chat,
  number,
  startedAtMs,
  ...(endedAtMs !== undefined && { endedAtMs }),
});

const GOOD = { lost: 0, repeated: 0, outOfOrder: 0, chatsOutOfOrder: 0 };

describe('the verdict on the order of chats', () => {
  it('is content with chats that are handled at the same time', () => {
    expect(judgeOrder([run(1, 0, 0, 10), run(2, 0, 1, 9), run(1, 1, 10, 20)], 3)).toEqual(GOOD);
  });

  it('lets the others wait for one that failed', () => {
    expect(judgeOrder([run(1, 0, 0), run(1, 0, 100, 110), run(1, 1, 111, 121)], 2)).toEqual(GOOD);
  });

  it('counts those that overtook one that failed', () => {
    const runs = [run(1, 0, 0), run(1, 1, 11, 21), run(1, 2, 22, 32), run(1, 0, 100, 110)];
    expect(judgeOrder(runs, 3)).toEqual({ ...GOOD, outOfOrder: 2, chatsOutOfOrder: 1 });
  });

  it('counts one that began before the one before it had ended', () => {
    const runs = [run(1, 0, 0, 10), run(1, 1, 9, 19)];
    expect(judgeOrder(runs, 2)).toEqual({ ...GOOD, outOfOrder: 1, chatsOutOfOrder: 1 });
  });

  it('counts what was handled twice, or never', () => {
    const runs = [run(1, 0, 0, 10), run(1, 0, 11, 21), run(2, 0, 0)];
    expect(judgeOrder(runs, 2)).toEqual({ ...GOOD, lost: 1, repeated: 1 });
  });
});
