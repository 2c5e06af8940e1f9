import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/**
 * An address in one spelling: without port, brackets and zone, and IPv4-mapped IPv6
 * (`::ffff:10.0.0.1`, however it was written) as IPv4. Undefined if it is no address.
 */
export function ipAddress(text: string): string | undefined {
  const address = withoutPort(text.trim()).replace(/%.*$/, '');
  if (!isIPv6(address)) return isIPv4(address) ? address : undefined;
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}

/** Some proxies write `10.0.0.1:443` and `[::1]:443`. */
function withoutPort(text: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
