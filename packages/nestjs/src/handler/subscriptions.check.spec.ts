import { describe, expect, it } from '@jest/globals';

import type { UnknownInstanceError } from './handler.errors.js';
import type { NotificationFilter } from './notification.filter.js';
import { checkSubscriptions } from './subscriptions.check.js';

const INSTANCES = { instanceNames: ['shop', 'help'], allowsUnknownInstances: false };

function refusal(
  instance: NonNullable<NotificationFilter['instance']>,
  instances = INSTANCES,
): UnknownInstanceError | undefined {
  const handler = {
    name: 'Inbox.onText',
    subscriptions: [
      { kinds: ['*'], filter: {}, options: {} },
      { kinds: ['*'], filter: { instance }, options: {} },
    ],
  };
  try {
    checkSubscriptions([handler], instances);
    return undefined;
  } catch (error) {
    return error as UnknownInstanceError;
  }
}

describe('a handler for an instance', () => {
  it.each<[string, string | readonly string[], RegExp]>([
    ['a misspelt instance', 'shopp', /^Inbox\.onText .* "shopp".*; did you mean "shop"\? The/],
    [
      'an instance that is similar to no other',
      'sales',
      /"sales", which does not exist\. The instances are "shop", "/,
    ],
    ['one unknown instance of several', ['shop', 'hepl1'], /"hepl1", which does not exist/],
  ])('is refused if it names %s', (_, instance, message) => {
    const error = refusal(instance);
    expect(error).toMatchObject({ code: 'UNKNOWN_INSTANCE', name: 'UnknownInstanceError' });
    expect(error?.message).toMatch(message);
    expect(error?.message).toContain('in onModuleInit(), or set "instances: []"');
  });

  it('is accepted with existing names, or with no name', () => {
    expect(refusal('shop')).toBeUndefined();
    expect(refusal(['help', 'shop'])).toBeUndefined();
    expect(refusal([])).toBeUndefined();
  });

  it('is accepted with any name if instances are added later', () => {
    expect(refusal('sales', { instanceNames: [], allowsUnknownInstances: true })).toBeUndefined();
    expect(refusal('sales', { instanceNames: [], allowsUnknownInstances: false })?.message).toMatch(
      /The instances are none\./,
    );
  });
});
