import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { printable, printableId, printableStack } from './printable.js';

describe('text from outside, prepared for a log', () => {
  it.each([
    ['79001234567@c.us', '***@c.us'],
    ['call +7 (900) 111-22-33 now', 'call *** now'],
    ['８９００１２３４５６７', '***'],
    ['٧٩٠٠١٢٣٤٥٦٧', '***'],
    ['7900\u200b123\u200d4567', '***'],
    ['1234567', '***'],
    ['123456', '123456'],
    ['110000000000000001', '110000000000000001'],
    ['3EB0C0FFEE', '3EB0C0FFEE'],
    ['a\nb\u001b[31m\u2028c', 'a\\u{a}b\\u{1b}[31m\\u{2028}c'],
    ['', ''],
  ])('%j becomes %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it.each([
    ['3EB000419FED12345678', '3EB000419FED12345678'],
    ['112233445566778899', '112233445566778899'],
    ['79001234567', '***'],
    ['call 79001234567', 'call ***'],
    ['BAE5\n79001234567', 'BAE5\\u{a}***'],
  ])('the id %j becomes %j', (id, shown) => {
    expect(printableId(id)).toBe(shown);
  });

  it('is one short line, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const shown = printable(text, 50);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThanOrEqual(1000);
      }),
    );
  });
});

describe('a stack', () => {
  it('keeps its lines, and lets no message look like a line of the log', () => {
    const { stack = '' } = new Error('first\n[Nest] forged\u001b[2J');
    const [first, second, third] = printableStack(stack).split('\n');
    expect([first, second]).toEqual(['Error: first', '    [Nest] forged\\u{1b}[2J']);
    expect(third).toMatch(/^ {4}at /);
  });
});
