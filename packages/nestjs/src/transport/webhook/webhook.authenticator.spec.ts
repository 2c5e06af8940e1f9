import { describe, expect, it } from '@jest/globals';

import { WebhookAuthenticator, type WebhookTokens } from './webhook.authenticator.js';

const COMMON: WebhookTokens = { common: ['new', 'old'], own: new Map(), insecure: false };
const MIXED: WebhookTokens = { ...COMMON, own: new Map([['2', ['two']]]) };

function isLetIn(tokens: WebhookTokens, authorization: string[], idInstance = '1'): boolean {
  return new WebhookAuthenticator(tokens).check(authorization)?.isFor(idInstance) ?? false;
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
    expect(isLetIn(MIXED, ['two'], '2')).toBe(true);
    expect(isLetIn(MIXED, ['new'], '2')).toBe(false);
    expect(isLetIn(MIXED, ['two'], '1')).toBe(false);
  });

  it('takes whatever comes only where that is said and there is no token', () => {
    const open = { common: [], own: new Map([['2', ['two']]]), insecure: true };
    expect(isLetIn(open, [], '1')).toBe(true);
    expect(isLetIn(open, ['x'], '2')).toBe(false);
    expect(isLetIn({ ...open, insecure: false }, [], '1')).toBe(false);
    expect(isLetIn({ ...open, common: ['new'] }, [], '1')).toBe(false);
  });
});
