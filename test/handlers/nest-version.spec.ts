import { describe, expect, it } from '@jest/globals';

import { expectedNestMajor, nestVersion } from './support/nest-version.js';

describe('the Nest that these specs run on', () => {
  it(`is Nest ${expectedNestMajor} (${nestVersion})`, () => {
    expect(nestVersion).toMatch(new RegExp(`^${expectedNestMajor}\\.`));
  });
});
