import { describe, expect, it } from '@jest/globals';

import { WebhookAuthenticator, type WebhookTokens } from './webhook.authenticator.js';

const COMMON: WebhookTokens = { common: () => ['new', 'old'], insecure: false };

function isAccepted(tokens: WebhookTokens, authorization: string[], idInstance = '1'): boolean {
  const authenticator = new WebhookAuthenticator(tokens);
  return authenticator.check(authorization)?.isFor(idInstance) ?? false;
}

/** The same, while instance 2 has its own token. */
function isAcceptedWithOwnToken(
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
    'accepts the header %p',
    (header) => {
      expect(isAccepted(COMMON, [header])).toBe(true);
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
  ])('refuses the headers %p', (...headers) => {
    expect(isAccepted(COMMON, headers)).toBe(false);
  });

  it('compares a token that contains a scheme with the whole header', () => {
    const tokens = { ...COMMON, common: () => ['Basic x'] };
    expect(isAccepted(tokens, ['Basic x'])).toBe(true);
    expect(isAccepted(tokens, ['Bearer Basic x'])).toBe(true);
    expect(isAccepted(tokens, ['x'])).toBe(false);
  });

  it('uses the tokens of an instance instead of the common ones', () => {
    expect(isAcceptedWithOwnToken(COMMON, ['two'], '2')).toBe(true);
    expect(isAcceptedWithOwnToken(COMMON, ['new'], '2')).toBe(false);
    expect(isAcceptedWithOwnToken(COMMON, ['two'], '1')).toBe(false);
  });

  it('forgets the tokens of a removed instance', () => {
    const authenticator = new WebhookAuthenticator(COMMON);
    authenticator.setTokens('2', ['two']);
    authenticator.forgetTokens('2');
    expect(authenticator.check(['two'])).toBeUndefined();
    expect(authenticator.tokensOf('2')).toEqual(['new', 'old']);
  });

  it('accepts every request only with `insecure` and without any token', () => {
    const open = { common: () => [], insecure: true };
    expect(isAcceptedWithOwnToken(open, [], '1')).toBe(true);
    expect(isAcceptedWithOwnToken(open, ['x'], '2')).toBe(false);
    expect(isAcceptedWithOwnToken({ ...open, insecure: false }, [], '1')).toBe(false);
    expect(isAcceptedWithOwnToken({ ...open, common: () => ['new'] }, [], '1')).toBe(false);
  });
});
