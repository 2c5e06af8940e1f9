import { describe, expect, it } from '@jest/globals';

import { WebhookAuthenticator, type WebhookTokens } from './webhook.authenticator.js';

const COMMON: WebhookTokens = { common: ['new', 'old'], insecure: false };

function isLetIn(tokens: WebhookTokens, authorization: string[], idInstance = '1'): boolean {
  const authenticator = new WebhookAuthenticator(tokens);
  return authenticator.check(authorization)?.isFor(idInstance) ?? false;
}

/** The same with a token that instance 2 has of its own. */
function isLetInBeside(
  tokens: WebhookTokens,
  authorization: string[],
  idInstance: string,
): boolean {
  const authenticator = new WebhookAuthenticator(tokens);
  authenticator.setTokens('2', ['two']);
  return authenticator.check(authorization)?.isFor(idInstance) ?? false;
}

describe('WebhookAuthenticator', () => {
  it.each(['Bearer new', 'bearer old', 'Basic new', 'new', ' Bearer  new '])(
    'lets %p in',
    (header) => {
      expect(isLetIn(COMMON, [header])).toBe(true);
    },
  );

  it.each([
    [],
    [''],
    ['Bearer'],
    ['Bearer '],
    ['Digest new'],
    ['Bearer newer'],
    ['Bearernew'],
    ['new', 'new'],
  ])('keeps %p out', (...headers) => {
    expect(isLetIn(COMMON, headers)).toBe(false);
  });

  it('compares a token with a scheme with the whole header', () => {
    const tokens = { ...COMMON, common: ['Basic x'] };
    expect(isLetIn(tokens, ['Basic x'])).toBe(true);
    expect(isLetIn(tokens, ['Bearer Basic x'])).toBe(true);
    expect(isLetIn(tokens, ['x'])).toBe(false);
  });

  it('lets the tokens of an instance stand in place of the common ones', () => {
    expect(isLetInBeside(COMMON, ['two'], '2')).toBe(true);
    expect(isLetInBeside(COMMON, ['new'], '2')).toBe(false);
    expect(isLetInBeside(COMMON, ['two'], '1')).toBe(false);
  });

  it('forgets the tokens of an instance that is removed', () => {
    const authenticator = new WebhookAuthenticator(COMMON);
    authenticator.setTokens('2', ['two']);
    authenticator.forgetTokens('2');
    expect(authenticator.check(['two'])).toBeUndefined();
    expect(authenticator.tokensOf('2')).toEqual(['new', 'old']);
  });

  it('takes whatever comes only where that is said and there is no token', () => {
    const open = { common: [], insecure: true };
    expect(isLetInBeside(open, [], '1')).toBe(true);
    expect(isLetInBeside(open, ['x'], '2')).toBe(false);
    expect(isLetInBeside({ ...open, insecure: false }, [], '1')).toBe(false);
    expect(isLetInBeside({ ...open, common: ['new'] }, [], '1')).toBe(false);
  });
});
