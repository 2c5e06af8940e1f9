import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

import { WEBHOOK_TOKEN } from '../../webhook/webhook.harness.js';

/** A POST as bytes, which may announce more bytes than it has. */
export function rawPost(
  body: string,
  { token = WEBHOOK_TOKEN, length = body.length } = {},
): string {
  return (
    `POST /green-api/webhook HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n` +
    `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`
  );
}

/** A connection to an application, which keeps what comes back. */
export class Connection implements Disposable {
  received = '';

  private constructor(readonly socket: Socket) {
    socket.on('data', (data) => (this.received += data.toString('latin1')));
    // The other side may end a connection on which somebody still sends.
    socket.on('error', () => {});
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  get statuses(): number[] {
    return [...this.received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await new Promise((resolve) => this.socket.once('close', resolve));
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
