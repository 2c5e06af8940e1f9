import { BlockList, isIP, isIPv6 } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether an IP address is one of this machine's own: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && LOOPBACK.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** Whether a host is `localhost`, a name below it, or a loopback address. */
export function isLoopbackHost(hostName: string): boolean {
  return /(^|\.)localhost$/.test(hostName) || isLoopbackAddress(hostName);
}

/** Whether it is 0.0.0.0 or ::, which stand for every address of a machine and name none. */
export function isWildcardAddress(hostName: string): boolean {
  return hostName === '0.0.0.0' || hostName === '::';
}

/**
 * The host of `host[:port]` in lower case, without port, brackets and final dot; undefined if it
 * is malformed. Spellings of one address become the same.
 */
export function hostNameOf(authority: string): string | undefined {
  const url = `http://${authority}`;
  if (!/^[^\s/?#@\\%]+$/.test(authority) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/**
 * The same for a host in an option. An IPv6 address may lack brackets. A port or a `*` is an error.
 */
export function parseHostName(text: string): string | undefined {
  const authority = isIPv6(text) ? `[${text}]` : text;
  return /^(\[[^\]]*\]|[^:*]*)$/.test(authority) ? hostNameOf(authority) : undefined;
}
