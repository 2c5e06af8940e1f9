// Bun has a smaller undici of its own under the bare name.
import { Agent, buildConnector, Client, type Dispatcher } from 'undici/index.js';

import { Deadlines } from '../common/deadlines.js';
import { publicAgent } from './download/public.agent.js';

/** The connections to GREEN-API. */
export interface Connections {
  /** A pool for the calls of all instances. */
  readonly shared: Dispatcher;
  /** For files whose URL comes from outside: leads to public addresses only. */
  readonly downloads: Dispatcher;
  /**
   * Opens one connection for one instance. A request may be sent over it before the request before
   * it is answered. The caller must destroy it.
   */
  open(origin: string): Dispatcher;
  /** The deadlines of all calls. */
  readonly deadlines: Deadlines;
}

/** How many requests may wait for answers on one connection: a DELETE and the next GET. */
const PIPELINING = 2;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Each polled instance has a connection, and there may be thousands. So they share what undici would
 * otherwise create for each: the TLS sessions and the parsed URL.
 */
export function networkConnections(): Connections {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  const urls = new Map<string, URL>();
  return {
    shared: new Agent(),
    downloads: publicAgent(CONNECT_TIMEOUT_MS),
    open: (origin) => {
      const url = urls.get(origin) ?? new URL(origin);
      urls.set(origin, url);
      return new Client(url, { connect, pipelining: PIPELINING });
    },
    deadlines: new Deadlines(),
  };
}
