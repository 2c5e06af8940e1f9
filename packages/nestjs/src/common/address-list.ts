import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net';

/**
 * Normalizes an IP address: without port, brackets and zone, and with IPv4-mapped IPv6
 * (`::ffff:10.0.0.1`, in any spelling) as IPv4. Undefined if the text is not an address.
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

/** A list of IPv4 and IPv6 addresses and networks (`10.0.0.0/8`). */
export class AddressList {
  private readonly list = new BlockList();

  /** @throws {TypeError} for an entry that {@link AddressList.isEntry} does not accept */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.add(entry);
  }

  static isEntry(entry: string): boolean {
    try {
      return new AddressList([entry]) instanceof AddressList;
    } catch {
      return false;
    }
  }

  /** @param text an address in any spelling; any other text is in no list */
  has(text: string): boolean {
    const address = ipAddress(text);
    return address !== undefined && this.list.check(address, familyOf(address));
  }

  private add(entry: string): void {
    const [text = '', prefix, ...rest] = entry.split('/');
    const address = ipAddress(text);
    if (address === undefined || rest.length > 0)
      throw new TypeError(`${entry} is not an IP address`);
    if (prefix === undefined) {
      this.list.addAddress(address, familyOf(address));
      return;
    }
    if (!/^\d{1,3}$/.test(prefix)) throw new TypeError(`${entry} is not a network`);
    // The prefix of an IPv4-mapped network includes the 96 bits before the IPv4 part.
    const mapped = text.includes(':') && isIPv4(address);
    this.list.addSubnet(address, Number(prefix) - (mapped ? 96 : 0), familyOf(address));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
