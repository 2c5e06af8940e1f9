import type { ResolvedOptions } from '../options/resolved.options.js';
import {
  hostNameOf,
  isLoopbackAddress,
  isLoopbackHost,
  isWildcardAddress,
  parseHostName,
} from './host-name.js';
import { ALL, parseOrigin } from './origin.js';

/** What a request says about where it comes from. */
export interface Caller {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  readonly fetchSite: string | undefined;
  /** The address of the other end of the connection. */
  readonly remoteAddress: string | undefined;
}

/**
 * Decides who may use the emulator. It listens on localhost, where every web page that a developer
 * visits can send requests. So a request is served only if
 *
 * - its `Host` is a name of the emulator. A page whose own name was made to point at 127.0.0.1 (DNS
 *   rebinding) sends its own name here;
 * - its `Origin`, if there is one, is the emulator's own or an allowed one;
 * - its `Sec-Fetch-Site` does not say that another page made it. Browsers send no `Origin` with a
 *   plain GET, such as that of an `<img>`, but they send this header to localhost.
 *
 * Programs send neither `Origin` nor `Sec-Fetch-Site`.
 */
export class AccessPolicy {
  private readonly hosts: ReadonlySet<string>;
  private readonly origins: ReadonlySet<string>;

  constructor(options: Pick<ResolvedOptions, 'host' | 'allowedHosts' | 'allowedOrigins'>) {
    const listening = parseHostName(options.host) ?? '';
    // A page can use 0.0.0.0 to reach this machine, and browsers then send no `Sec-Fetch-Site`.
    const own = isWildcardAddress(listening) ? [] : [listening];
    this.hosts = new Set([...own, ...options.allowedHosts]);
    this.origins = new Set(options.allowedOrigins);
  }

  /** Returns why the request is refused and what to do; undefined if it is allowed. */
  refusalOf(caller: Caller): string | undefined {
    return this.refusalOfHost(caller) ?? this.refusalOfOrigin(caller);
  }

  private refusalOfHost({ host, remoteAddress = '' }: Caller): string | undefined {
    // HTTP/1.0 has no `Host`. No browser sends it.
    if (host === undefined && isLoopbackAddress(remoteAddress)) return undefined;
    const name = hostNameOf(host ?? '');
    if (name === undefined) {
      return 'The request has no Host header that names a host. Send the name or address of the emulator.';
    }
    if (isLoopbackHost(name) || this.hosts.has(name)) return undefined;
    return (
      `The emulator does not serve the host ${name}. If this is a name or address of it, start it ` +
      `with --allow-host ${name}, in code with allowedHosts: ['${name}'].`
    );
  }

  private refusalOfOrigin({ host, origin, fetchSite }: Caller): string | undefined {
    if (this.origins.has(ALL)) return undefined;
    if (origin === undefined) return refusalOfFetchSite(fetchSite);
    const known = parseOrigin(origin);
    if (known === undefined) {
      return `Web pages without an origin of their own may not use the emulator. ${allowing(ALL)}`;
    }
    if (this.origins.has(known) || known === parseOrigin(`http://${host ?? ''}`)) return undefined;
    return `Web pages of ${known} may not use the emulator. ${allowing(known)}`;
  }
}

function refusalOfFetchSite(fetchSite: string | undefined): string | undefined {
  // `none`: the user entered the address.
  if (fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none')
    return undefined;
  return (
    'A page of another origin sent this request, and the browser does not say which. ' +
    `Web pages may not use the emulator. ${allowing(ALL)}`
  );
}

function allowing(origin: string): string {
  const whose = origin === ALL ? 'all web pages' : 'them';
  return `To allow ${whose}, start it with --allow-origin '${origin}', in code with allowedOrigins: ['${origin}'].`;
}
