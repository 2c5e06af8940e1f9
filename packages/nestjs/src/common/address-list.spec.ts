import { describe, expect, it } from '@jest/globals';

import { AddressList, ipAddress } from './address-list.js';

describe('AddressList', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['158.160.195.0', '158.160.195.1', false],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['::ffff:10.0.0.0/104', '11.9.9.9', false],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['10.0.0.0/8', '::ffff:10.9.9.9', true],
    ['10.0.0.0/8', ' [::ffff:a09:909]:443', true],
    ['0.0.0.0/0', 'unknown', false],
    ['0.0.0.0/0', '', false],
  ])('with %p: has(%p) is %p', (entry, address, expected) => {
    expect(new AddressList([entry]).has(address)).toBe(expected);
  });

  it.each([
    '',
    'example.com',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/a',
    '::/129',
    '1.2.3.4/8/9',
    '::ffff:10.0.0.0/8',
  ])('refuses the entry %p', (entry) => {
    expect(AddressList.isEntry(entry)).toBe(false);
  });
});

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
