import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

import { type AddressList, ipAddress } from '../../../common/address-list.js';

/** More than anybody has. Each costs a look into the list of the trusted ones. */
const MOST_PROXIES = 20;

/**
 * Returns the address of the client: the address of the socket or, if that is a trusted proxy, the
 * address from which the proxy got the request. Each proxy appends to the right of
 * `X-Forwarded-For`, so the header is read from right to left, up to the first address that is not
 * a trusted proxy. Anything to the left of it could be forged and is ignored. Undefined if the
 * address is not known: the connection is closed, or there are too many proxies.
 */
export function clientAddress(
  request: IncomingMessage,
  trustedProxies: AddressList,
): string | undefined {
  let proxies = 0;
  const isTrusted = (hop: string | undefined) =>
    trustedProxies.has(hop ?? '') && (proxies += 1) <= MOST_PROXIES;
  const address = proxyAddr(request, isTrusted);
  return proxies > MOST_PROXIES ? undefined : ipAddress(address ?? '');
}
