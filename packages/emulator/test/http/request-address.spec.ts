import { describe, expect, it } from '@jest/globals';
import { parseRequestAddress } from '../../src/http/request-address.js';

describe('parseRequestAddress', () => {
  it.each([
    ['/waInstance1/receiveNotification/t', '1', 'receiveNotification', 't', undefined],
    ['/v3/waInstance310000000012/getSettings/t', '310000000012', 'getSettings', 't', undefined],
    ['/waInstance1/deleteNotification/t/12', '1', 'deleteNotification', 't', '12'],
    ['/waInstance1/deleteNotification/t/', '1', 'deleteNotification', 't', ''],
    ['/waInstance1/receiveNotification', '1', 'receiveNotification', '', undefined],
    ['/waInstance1/receiveNotification/', '1', 'receiveNotification', '', undefined],
    ['/waInstanceX/receiveNotification/t', 'X', 'receiveNotification', 't', undefined],
    ['/waInstance/receiveNotification/t', '', 'receiveNotification', 't', undefined],
  ])('parses %s', (url, idInstance, method, apiTokenInstance, parameter) => {
    expect(parseRequestAddress(url)).toMatchObject({ idInstance, method, apiTokenInstance });
    expect(parseRequestAddress(url)?.parameter).toBe(parameter);
  });

  it('reads a query that contains question marks', () => {
    const { query } = parseRequestAddress('/waInstance1/x/t?receiveTimeout=20&a=b?c') ?? {};
    expect(query?.get('receiveTimeout')).toBe('20');
    expect(query?.get('a')).toBe('b?c');
  });

  it.each(['/', '/instance1/x/t', '/waInstance1', '/v4/waInstance1/x/t'])(
    'knows that %s is none of GREEN-API’s',
    (url) => {
      expect(parseRequestAddress(url)).toBeUndefined();
    },
  );
});
