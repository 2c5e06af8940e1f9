import { describe, expect, it } from '@jest/globals';

import { isAboutStatement, isAnswer, refusesContent } from './sql-state.js';

describe('an error of the database', () => {
  it.each<[string, unknown, boolean, boolean, boolean]>([
    ['a text that jsonb refuses', '22P05', true, true, true],
    ['a row that is too long', '54000', true, true, true],
    ['a key that exists', '23505', true, false, true],
    ['no right', '42501', true, false, true],
    ['a deadlock', '40P01', true, false, false],
    ['a full disk', '53100', true, false, false],
    ['a connection that broke', '08006', false, false, false],
    ['a server that stops', '57P01', false, false, false],
    ['a socket that was reset', 'ECONNRESET', false, false, false],
    ['a broken pipe', 'EPIPE', false, false, false],
    ['no code', undefined, false, false, false],
    ['a number', 22, false, false, false],
  ])('is read: %s', (_what, code, answered, refused, ownFault) => {
    const error = Object.assign(new Error('of the database'), { code });
    expect([isAnswer(error), refusesContent(error), isAboutStatement(error)]).toEqual([
      answered,
      refused,
      ownFault,
    ]);
  });

  it('may be anything', () => {
    for (const error of [undefined, null, 'ended', new Error('timeout')]) {
      expect(isAnswer(error)).toBe(false);
      expect(isAboutStatement(error)).toBe(false);
    }
  });
});
