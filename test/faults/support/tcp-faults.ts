import type { TcpFault } from './tcp.fault.js';

/** Every piece, in both directions, comes that much later. */
export const latency = (delayMs: number): TcpFault => ({
  name: `latency(${delayMs} ms)`,
  play: (connection) => connection.delayBy(delayMs),
});

/** RST to the caller; the server sees its caller vanish. */
export const reset = (): TcpFault => ({
  name: 'reset',
  play: (connection) => connection.reset(),
});

/** Nothing comes through any more, and nobody is told. */
export const blackHole = (): TcpFault => ({
  name: 'blackHole',
  play: (connection) => connection.swallow(),
});

/** The server's side is closed (FIN) while the caller's stays open. */
export const halfClose = (): TcpFault => ({
  name: 'halfClose',
  play: (connection) => connection.halfClose(),
});

/** The answer ends (FIN) after so many bytes, head included. */
export const truncateAt = (bytes: number): TcpFault => ({
  name: `truncateAt(${bytes})`,
  play: (connection) => connection.truncateAt(bytes),
});

/** The answer comes a few bytes at a time. */
export const drip = (bytes: number, intervalMs: number): TcpFault => ({
  name: `drip(${bytes} per ${intervalMs} ms)`,
  play: (connection) => connection.drip(bytes, intervalMs),
});
