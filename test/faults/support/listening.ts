import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** A server on a port of its own that ends with the test. */
export async function listening(server: Server & { closeAllConnections?(): void }) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections?.();
      await once(server, 'close');
    },
  };
}
