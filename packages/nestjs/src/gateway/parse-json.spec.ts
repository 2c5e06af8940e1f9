import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseJson } from './parse-json.js';

describe('parseJson', () => {
  it('keeps every digit of a whole number beyond 2^53, as a string', () => {
    expect(parseJson('{"id":123456789012345678,"list":[-9007199254740993]}')).toEqual({
      id: '123456789012345678',
      list: ['-9007199254740993'],
    });
  });

  it.each([
    '9007199254740991',
    '1234567890123456.5',
    '0.9876543210987654321',
    '-12.98765432109876543210',
    '1e9876543210987654',
    '12345678901234567890e2',
    '"say \\"1234567890123456789\\""',
  ])('does not change %s', (json) => {
    const text = `{"value":${json},"list":[${json}, ${json}]}`;
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('agrees with JSON.parse on every value without long whole numbers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(
          !/(?<![\d.])\d{16}/.test(text) &&
            !text.includes('__proto__') &&
            !text.includes('constructor'),
        );
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('removes keys that could change a prototype', () => {
    const parsed = parseJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{}},"a":1}');
    expect(Object.keys(parsed as object)).toEqual(['a']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ['an empty text', ''],
    ['a text that is cut off', '{'],
    ['NaN', 'NaN'],
    ['HTML', '<html>'],
    ['501 levels', `${'['.repeat(501)}${']'.repeat(501)}`],
  ])('refuses %s', (_what, text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('reads a string of ten megabytes with many digits', () => {
    const long = '1234567890123456'.repeat(640_000);
    expect(parseJson(`{"text":"${long}"}`)).toEqual({ text: long });
  });
});
