import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy in front of a database that can become silent, as a network that drops everything. */
export class StallingProxy implements AsyncDisposable {
  private readonly sockets = new Set<Socket>();
  isStalled = false;
  private stallsAfter: RegExp | undefined;
  private trap: { readonly text: string; readonly sprung: () => void } | undefined;
  /** Passes the answer that was held back. */
  private passHeld: (() => void) | undefined;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (caller) => this.accept(caller));
  }

  static async start(url: string): Promise<StallingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new StallingProxy(server, new URL(url));
  }

  /** The connection string of the database behind it. */
  get url(): string {
    const url = new URL(this.target);
    const { port } = this.server.address() as AddressInfo;
    url.hostname = '127.0.0.1';
    url.port = String(port);
    return url.href;
  }

  /** How many ends of connections it holds: two of each. */
  get size(): number {
    return this.sockets.size;
  }

  /** Nothing passes, and nothing is closed. */
  stall(): void {
    this.isStalled = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** Stalls when it has passed on a message that contains this, so that its answer does not come. */
  stallAfter(text: RegExp): void {
    this.stallsAfter = text;
  }

  /** What was held back passes now. */
  resume(): void {
    this.isStalled = false;
    this.passHeld?.();
    this.passHeld = undefined;
    for (const socket of this.sockets) socket.resume();
  }

  /** New connections pass; those of before stay silent for ever, as behind a firewall that forgot them. */
  resumeForNew(): void {
    this.isStalled = false;
  }

  /** Becomes silent with the first answer of the database that contains this text, and holds it back. */
  async stallAtAnswer(text: string): Promise<void> {
    await new Promise<void>((resolve) => {
      this.trap = { text, sprung: resolve };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(caller: Socket): void {
    const { hostname, port } = this.target;
    const server = connect(Number(port || 5432), hostname);
    this.join(caller, server);
    this.join(server, caller);
  }

  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.on('data', (chunk) => {
      if (this.trap && chunk.includes(this.trap.text)) {
        this.stall();
        this.passHeld = () => to.write(chunk);
        this.trap.sprung();
        this.trap = undefined;
        return;
      }
      to.write(chunk);
      if (!this.stallsAfter?.test(chunk.toString('latin1'))) return;
      this.stallsAfter = undefined;
      this.stall();
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    if (this.isStalled) from.pause();
  }
}
