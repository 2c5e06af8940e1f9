import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { costGrowth } from '../common/samples/growth.js';
import { parseJson, scanJson } from './parse-json.js';

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

  it('agrees with JSON.parse on every text that is cut off', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, at) => {
        const cut = text.slice(0, at % (text.length + 1));
        expect(isJson(cut, parseJson)).toBe(isJson(cut, JSON.parse));
      }),
    );
  });

  it.each([
    ['values', `[${'1,'.repeat(49_999)}1]`, `[${'1,'.repeat(50_000)}1]`],
    ['escaped quotes', `"${'\\"'.repeat(50_000)}"`, `"${'\\"'.repeat(50_001)}"`],
  ])('refuses a text with too many %s', (_what, allowed, refused) => {
    expect(parseJson(allowed)).toEqual(JSON.parse(allowed));
    expect(() => parseJson(refused)).toThrow('more than 50000 parts');
  });

  it.each(['', ' ', '\uFFFD'.repeat(1000), '<html>', 'undefined', 'x{}'])(
    'refuses a text that starts like no JSON: %j',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it('refuses a number of more than a thousand characters, and no shorter one', () => {
    expect(parseJson(`[${'1'.repeat(1000)}]`)).toEqual(['1'.repeat(1000)]);
    for (const number of ['1'.repeat(1001), `1e${'9'.repeat(1001)}`, `-0.${'0'.repeat(1000)}`]) {
      expect(() => parseJson(`[${number}]`)).toThrow('a number that is too long');
    }
  });

  it.each<[string, (length: number) => string]>([
    [
      'escaped quotes in a string that does not end',
      (length) => `"${'\\"'.repeat(length / 2)}1234567890123456`,
    ],
    [
      'backslashes in a string that does not end',
      (length) => `"1234567890123456${'\\'.repeat(length)}`,
    ],
    ['quotes', (length) => `1234567890123456${'"'.repeat(length)}`],
    ['digits', (length) => '1'.repeat(length)],
    ['numbers of fifteen digits', (length) => '123456789012345x'.repeat(length / 16)],
    ['long numbers', (length) => `[${'12345678901234567890,'.repeat(length / 21)}1]`],
    ['signs', (length) => `1234567890123456${'-'.repeat(length)}`],
    ['brackets', (length) => '['.repeat(length)],
    ['white space', (length) => `"__proto__"${' '.repeat(length)}`],
    ['dangerous keys', (length) => `{${'"__proto__" :1,'.repeat(length / 15)}"a":1}`],
  ])('takes time in proportion to the length of a text of %s', (_what, inputOf) => {
    const read = (text: string) => isJson(text, parseJson);
    expect(costGrowth(inputOf, read, { length: 100_000, factor: 16 })).toBeLessThan(64);
  });
});

describe('scanJson', () => {
  it.each([
    ['', 0, false],
    ['1', 0, false],
    ['[[]]', 2, false],
    ['{"a":[{}]}', 3, false],
    ['"[[["', 0, false],
    ['"\\\\"[', 1, true],
    ['"\\"[', 0, true],
    ['"', 0, true],
    ['[1', 1, true],
  ])('in %s finds %i levels, and whether it is open at the end', (text, deepest, isOpenAtEnd) => {
    expect(scanJson(text)).toMatchObject({ deepest, isOpenAtEnd });
  });
});

function isJson(text: string, parse: (text: string) => unknown): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
