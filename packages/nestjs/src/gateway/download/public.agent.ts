import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

import { Agent, buildConnector } from 'undici/index.js';

import { isPublicAddress } from './public-address.js';

/** The address that a connection would lead to is not public. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';

  constructor() {
    super('it leads to an address that is not public');
  }
}

/**
 * Connects to public addresses only. The address is checked when a connection is made, after the
 * name was looked up: a name that is checked before could have another address by then.
 */
export function publicAgent(connectTimeoutMs: number): Agent {
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: lookupPublic });
  return new Agent({
    connect: (options, callback) => {
      // An address is not looked up.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !isPublicAddress(host)) callback(new NotPublicError(), null);
      else connect(options, callback);
    },
  });
}

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error('no address'), '');
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new NotPublicError(), '');
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
