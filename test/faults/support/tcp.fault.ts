import type { ProxiedConnection } from './proxied.connection.js';

/** Something that goes wrong with one connection, below HTTP. */
export interface TcpFault {
  readonly name: string;
  play(connection: ProxiedConnection): void;
}
