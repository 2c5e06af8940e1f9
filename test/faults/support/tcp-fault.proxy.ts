import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

import { type Direction, ProxiedConnection } from './proxied.connection.js';
import type { TcpFault } from './tcp.fault.js';

export interface TcpFaultMatch {
  /**
   * When it is played: as the connection is made, as a request passes (it does not arrive), or as the
   * answer comes back (it has taken effect).
   *
   * @default 'request'
   */
  readonly at?: 'connect' | Direction;
  /** What the request line must hold, such as `/deleteNotification/`. */
  readonly request?: string | RegExp;
  /** @default 1 */
  readonly times?: number;
  /** How many matching ones pass before. @default 0 */
  readonly skip?: number;
  /** A further condition. */
  readonly when?: () => boolean;
}

/** A fault that waits for its connection. */
export interface PlannedTcpFault {
  readonly fired: number;
  /** Resolves when it was played for the first time. */
  readonly played: Promise<void>;
  remove(): void;
}

class Plan implements PlannedTcpFault {
  fired = 0;
  readonly played: Promise<void>;
  private firstPlayed!: () => void;
  private toSkip: number;
  private removed = false;

  constructor(
    readonly match: TcpFaultMatch,
    readonly fault: TcpFault,
  ) {
    this.toSkip = match.skip ?? 0;
    this.played = new Promise((resolve) => (this.firstPlayed = resolve));
  }

  take(at: 'connect' | Direction, requestLine: string): boolean {
    const { request = '', times = 1 } = this.match;
    if (this.removed || this.fired >= times || at !== (this.match.at ?? 'request')) return false;
    if (typeof request === 'string' ? !requestLine.includes(request) : !request.test(requestLine)) {
      return false;
    }
    if (this.match.when?.() === false) return false;
    if (this.toSkip > 0) {
      this.toSkip -= 1;
      return false;
    }
    this.fired += 1;
    this.firstPlayed();
    return true;
  }

  remove(): void {
    this.removed = true;
  }
}

/** A TCP proxy in front of a server, on which the network's faults can be played. */
export class TcpFaultProxy implements AsyncDisposable {
  private readonly plans: Plan[] = [];
  private readonly connections = new Set<ProxiedConnection>();
  private isRefusing = false;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {
    server.on('connection', (caller) => this.accept(caller));
  }

  /** @param url of the server behind it, such as `emulator.url` */
  static async start(url: string): Promise<TcpFaultProxy> {
    const { hostname, port } = new URL(url);
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TcpFaultProxy(server, { host: hostname, port: Number(port) });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Plays the fault on the next match; the first plan that matches is played. */
  next(match: TcpFaultMatch, fault: TcpFault): PlannedTcpFault {
    const plan = new Plan(match, fault);
    this.plans.push(plan);
    return plan;
  }

  /** Resets what is open, and every new connection until `restore` is called. */
  cut(): void {
    this.isRefusing = true;
    for (const connection of this.connections) connection.reset();
  }

  restore(): void {
    this.isRefusing = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.connections) connection.close();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(caller: Socket): void {
    caller.on('error', () => undefined);
    if (this.isRefusing) {
      caller.resetAndDestroy();
      return;
    }
    const connection = new ProxiedConnection(caller, this.target, (one, direction) =>
      this.play(direction, one),
    );
    this.connections.add(connection);
    caller.on('close', () => {
      connection.close();
      this.connections.delete(connection);
    });
    this.play('connect', connection);
  }

  private play(at: 'connect' | Direction, connection: ProxiedConnection): void {
    this.plans.find((plan) => plan.take(at, connection.request))?.fault.play(connection);
  }
}
