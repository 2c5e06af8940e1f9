import { describe, expect, it } from '@jest/globals';

import { ipAddress } from './ip-address.js';

describe('ipAddress', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    [' 10.0.0.1 ', '10.0.0.1'],
    ['10.0.0.1:443', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['::ffff:a00:1', '10.0.0.1'],
    ['0:0:0:0:0:ffff:0a00:0001', '10.0.0.1'],
    ['[::ffff:10.0.0.1]:443', '10.0.0.1'],
    ['::1', '::1'],
    ['[::1]', '::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('reads %p as %p', (text, address) => {
    expect(ipAddress(text)).toBe(address);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    '10.0.0',
    '010.0.0.1',
    '1.2.3.4.5',
    '10.0.0.1, 10.0.0.2',
    ':',
  ])('finds no address in %p', (text) => {
    expect(ipAddress(text)).toBeUndefined();
  });
});
