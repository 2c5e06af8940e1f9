import { describe, expect, it } from '@jest/globals';

import { parseJson } from './parse-json.js';

describe('parseJson', () => {
  it('keeps every digit of a whole number beyond 2^53, as a string', () => {
    expect(parseJson('{"id":123456789012345678,"list":[-9007199254740993]}')).toEqual({
      id: '123456789012345678',
      list: ['-9007199254740993'],
    });
  });

  it('leaves safe numbers, fractions and digits inside strings alone', () => {
    const text =
      '{"a":9007199254740991,"b":1234567890123456.5,"c":"say \\"1234567890123456789\\""}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('leaves out keys that could reach a prototype', () => {
    const parsed = parseJson('{"__proto__":{"polluted":1},"constructor":{"prototype":{}},"a":1}');
    expect(Object.keys(parsed as object)).toEqual(['a']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each(['', '{', 'NaN', '<html>', `${'['.repeat(501)}${']'.repeat(501)}`])(
    'refuses what is no JSON, or too deep: %p',
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it('reads a string of ten megabytes with many digits', () => {
    const long = '1234567890123456'.repeat(640_000);
    expect(parseJson(`{"text":"${long}"}`)).toEqual({ text: long });
  });
});
