import { describe, expect, it } from '@jest/globals';

import { Reject, RetryAfter } from './delivery.errors.js';
import { afterFailure } from './retry.policy.js';

const policy = { attempts: 3, backoff: { initialMs: 100, factor: 2, maxMs: 1000, jitter: 0 } };

describe('afterFailure', () => {
  it.each([
    [
      'an error, first attempt',
      new Error('no'),
      1,
      { next: 'retry', afterMs: 100, toleranceMs: 20 },
    ],
    [
      'an error, second attempt',
      new Error('no'),
      2,
      { next: 'retry', afterMs: 200, toleranceMs: 40 },
    ],
    ['an error, last attempt', new Error('no'), 3, { next: 'give-up' }],
    ['undefined', undefined, 1, { next: 'retry', afterMs: 100, toleranceMs: 20 }],
    ['RetryAfter', new RetryAfter(5000), 1, { next: 'retry', afterMs: 5000, toleranceMs: 1 }],
    ['RetryAfter, last attempt', new RetryAfter(5000), 3, { next: 'give-up' }],
    ['Reject', new Reject('never'), 1, { next: 'give-up' }],
  ] as const)('%s', (_what, error, attempt, expected) => {
    expect(afterFailure(error, attempt, policy)).toEqual(expected);
  });
});
