import { describe, expect, it } from '@jest/globals';

import { identityOf, Marker, markOf } from './mark.js';

describe('a mark', () => {
  it('counts up, and is found again', () => {
    const marker = new Marker();
    const read = (text: string) => markOf(JSON.parse(text));
    expect(read(marker.mark({ typeWebhook: 'a' }, { lane: 'chat' }))).toEqual({
      seq: 1,
      lane: 'chat',
    });
    expect(read(marker.mark('{ }'))).toEqual({ seq: 2, lane: '' });
  });

  it('leaves every other byte as it was, and what is no object untouched', () => {
    const marker = new Marker();
    const body = '{"idMessage":12345678901234567890,"__proto__":{}}';
    expect(marker.mark(body)).toBe(`{"mark":{"lane":"","seq":1},${body.slice(1)}`);
    for (const other of ['[]', 'null', '"text"', '7']) expect(marker.mark(other)).toBe(other);
  });
});

describe('the identity of what bears no mark', () => {
  it('is all of its body, in whatever order its fields are', () => {
    expect(identityOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(
      identityOf({ b: [{ d: 3, c: 2 }], a: 1 }),
    );
    expect(identityOf({ a: 1 })).not.toBe(identityOf({ a: 2 }));
    expect(identityOf(['\ud800'])).not.toBe(identityOf(['\ud801']));
  });

  it('does not mind what the library changes on purpose', () => {
    expect(identityOf(JSON.parse('{"id":9007199254740992,"__proto__":{"a":1}}'))).toBe(
      identityOf({ id: '9007199254740992' }),
    );
  });
});
