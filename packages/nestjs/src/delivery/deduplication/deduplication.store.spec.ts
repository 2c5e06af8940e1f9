import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { InMemoryDeduplicationStore } from './deduplication.store.js';

describe('InMemoryDeduplicationStore', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('remembers a notification until its time is over', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const store = new InMemoryDeduplicationStore();
    store.set('["1101","a"]', true, 100_000);
    now.mockReturnValue(99_999);
    expect(store.get('["1101","a"]')).toBe(true);
    expect(store.get('["1102","a"]')).toBe(false);
    now.mockReturnValue(100_000);
    expect(store.get('["1101","a"]')).toBe(false);
  });

  it('forgets a notification when told to', () => {
    const store = new InMemoryDeduplicationStore();
    store.set('["1101","a"]', true, 100_000);
    store.set('["1101","a"]', false, 100_000);
    expect(store.get('["1101","a"]')).toBe(false);
  });
});
