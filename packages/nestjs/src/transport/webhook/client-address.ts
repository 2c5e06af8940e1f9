import type { IncomingMessage } from 'node:http';

import proxyAddr from 'proxy-addr';

import { type AddressList, ipAddress } from './address-list.js';

/**
 * Who sent a request: the socket's address or, as long as that belongs to a trusted proxy, the one
 * that this proxy says it got the request from. Every proxy adds to the right of
 * `X-Forwarded-For`, so what stands to the left of the first stranger is the stranger's own word
 * and counts for nothing.
 */
export function clientAddress(
  request: IncomingMessage,
  trustedProxies: AddressList,
): string | undefined {
  // A connection that has ended has no address.
  return ipAddress(proxyAddr(request, (hop) => trustedProxies.has(hop ?? '')) ?? '');
}
