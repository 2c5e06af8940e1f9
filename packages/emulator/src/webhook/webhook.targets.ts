import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

import { hostNameOf, isLoopbackAddress } from '../access/host-name.js';
import { ALL } from '../access/origin.js';

/** The webhook URL leads to a host that the emulator may not post to. */
export class WebhookNotAllowedError extends Error {
  constructor(host: string) {
    super(`The emulator may not post to ${host}: its address is not a loopback address`);
  }
}

/** `dns.lookup` with `all: true`. */
export type LookupAll = (
  hostName: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Decides where webhooks may be posted: to loopback addresses, and to the hosts that the options
 * allow. A name is judged by its addresses, and a connection is opened only to an address that was
 * judged. So it does not help a name to point at 127.0.0.1 first and elsewhere later.
 */
export class WebhookTargets {
  private readonly allowed: ReadonlySet<string>;

  constructor(
    allowedHosts: readonly string[],
    private readonly lookupAll: LookupAll = lookup,
  ) {
    this.allowed = new Set(allowedHosts);
  }

  /** Judges a host that is an address: no lookup happens for it. */
  refusalOf(host: string): WebhookNotAllowedError | undefined {
    const refused = isIP(host) !== 0 && !isLoopbackAddress(host) && !this.allows(host);
    return refused ? new WebhookNotAllowedError(host) : undefined;
  }

  /** The `lookup` of a connection: finds only addresses that are allowed. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.lookupAll(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = this.allows(host)
        ? found
        : found.filter(({ address }) => isLoopbackAddress(address));
      const [first] = addresses;
      if (!first) return callback(new WebhookNotAllowedError(host), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

  private allows(host: string): boolean {
    const name = hostNameOf(isIP(host) === 6 ? `[${host}]` : host) ?? host;
    return this.allowed.has(ALL) || this.allowed.has(name);
  }
}
