import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { FairCache } from './fair-cache.js';

describe('FairCache', () => {
  it('keeps the entries of every other group when one group adds a million', () => {
    const cache = new FairCache<boolean>(1000);
    for (let key = 0; key < 300; key += 1) cache.set('quiet', String(key), true);
    for (let key = 0; key < 1_000_000; key += 1) cache.set('flood', String(key), true);
    expect(cache.size).toBe(1000);
    for (let key = 0; key < 300; key += 1) expect(cache.get('quiet', String(key))).toBe(true);
    expect(cache.get('flood', '999999')).toBe(true);
    expect(cache.get('flood', '0')).toBeUndefined();
  });

  it('gives a new group room when others have filled it', () => {
    const cache = new FairCache<boolean>(100);
    for (let key = 0; key < 100; key += 1) cache.set('first', String(key), true);
    for (let key = 0; key < 50; key += 1) cache.set('second', String(key), true);
    for (let key = 0; key < 50; key += 1) {
      expect(cache.get('second', String(key))).toBe(true);
      expect(cache.get('first', String(key + 50))).toBe(true);
    }
  });

  const command = fc.record({
    group: fc.constantFrom('a', 'b', 'c'),
    key: fc.constantFrom('1', '2', '3', '4', '5'),
    isDeleted: fc.boolean(),
    value: fc.nat(),
  });

  it('behaves like a map as long as everything fits', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const cache = new FairCache<number>(15);
        const map = new Map<string, number>();
        for (const { group, key, isDeleted, value } of commands) {
          if (isDeleted) cache.delete(group, key);
          else cache.set(group, key, value);
          if (isDeleted) map.delete(group + key);
          else map.set(group + key, value);
          expect(cache.get(group, key)).toBe(map.get(group + key));
        }
        expect(cache.size).toBe(map.size);
      }),
    );
  });

  it('never holds more than it may, and always the youngest', () => {
    fc.assert(
      fc.property(fc.array(command), fc.integer({ min: 1, max: 14 }), (commands, most) => {
        const cache = new FairCache<number>(most);
        for (const { group, key, value } of commands) {
          cache.set(group, key, value);
          expect(cache.size).toBeLessThanOrEqual(most);
          expect(cache.get(group, key)).toBe(value);
        }
      }),
    );
  });
});
