import { isIPv4 } from 'node:net';

import { AddressList, ipAddress } from '../../common/address-list.js';

/** Networks that are not on the public internet. IANA: IPv4 Special-Purpose Address Registry */
const NOT_PUBLIC_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** What IPv6 has of global unicast addresses, and NAT64, which leads to IPv4. */
const PUBLIC_IPV6 = new AddressList(['2000::/3', '64:ff9b::/96']);

const NOT_PUBLIC = new AddressList([
  ...NOT_PUBLIC_IPV4,
  ...NOT_PUBLIC_IPV4.map(behindNat64),
  // Teredo, ORCHID and the like; documentation; 6to4, which leads to IPv4; documentation.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);

const LOOPBACK = new AddressList(['127.0.0.0/8', '::1']);

/** Whether an IP address, in any spelling, is on the public internet. Other text is not. */
export function isPublicAddress(text: string): boolean {
  const address = ipAddress(text);
  if (address === undefined || NOT_PUBLIC.has(address)) return false;
  return isIPv4(address) || PUBLIC_IPV6.has(address);
}

/** Whether the host of a URL is this machine. */
export function isLoopbackHost({ hostname }: URL): boolean {
  return hostname === 'localhost' || LOOPBACK.has(hostname);
}

function behindNat64(network: string): string {
  const [address, prefix] = network.split('/');
  return `64:ff9b::${address}/${96 + Number(prefix)}`;
}
