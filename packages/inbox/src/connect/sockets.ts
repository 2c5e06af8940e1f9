import { Socket } from 'node:net';

/** The sockets of a pool, to end those that nobody answers. */
export class Sockets {
  private readonly open = new Set<Socket>();

  /** For the option `stream` of `pg`. */
  readonly create = (): Socket => {
    const socket = new Socket();
    this.open.add(socket);
    return socket.once('close', () => this.open.delete(socket));
  };

  destroy(): void {
    for (const socket of this.open) socket.destroy();
  }
}
