import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

function reordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reordered);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, child]) => [key, reordered(child)]),
  );
}

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null, 'x"'] }, '{"a":[true,null,"x\\""],"b":1}'],
    [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
    [{}, '{}'],
    [[], '[]'],
    [[[1], { z: {}, y: [] }], '[[1],{"y":[],"z":{}}]'],
    [undefined, 'null'],
  ])('writes %p with sorted keys', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('writes JSON that parses to an equal value', () => {
    const same = fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    });
    expect(() => fc.assert(same)).not.toThrow();
  });

  it('does not depend on the order of keys', () => {
    const equal = fc.property(
      fc.jsonValue(),
      (json) => canonicalJson(json) === canonicalJson(reordered(json)),
    );
    expect(() => fc.assert(equal)).not.toThrow();
  });

  it('writes a body that is nested as deeply as parseJson allows', () => {
    const depth = 250;
    const text = '[{"a":'.repeat(depth) + '1' + '}]'.repeat(depth);
    expect(canonicalJson(JSON.parse(text)) === text).toBe(true);
  });

  it('writes a body with very many entries', () => {
    expect(canonicalJson(Array.from({ length: 300_000 }, () => 1))).toHaveLength(600_001);
  });
});
