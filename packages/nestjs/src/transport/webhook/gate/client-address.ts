import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

import { type AddressList, ipAddress } from './address-list.js';

/**
 * Returns the address of the client: the address of the socket or, if that is a trusted proxy, the
 * address from which the proxy got the request. Each proxy appends to the right of
 * `X-Forwarded-For`, so the header is read from right to left, up to the first address that is not
 * a trusted proxy. Anything to the left of it could be forged and is ignored.
 */
export function clientAddress(
  request: IncomingMessage,
  trustedProxies: AddressList,
): string | undefined {
  // A closed connection has no address.
  return ipAddress(proxyAddr(request, (hop) => trustedProxies.has(hop ?? '')) ?? '');
}
