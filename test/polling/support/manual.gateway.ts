import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A call of a GREEN-API method that the test answers. */
export interface GatewayCall {
  /** `GET`, or `DELETE` with the receipt: `DELETE 7`. */
  readonly what: string;
  readonly socket: Socket;
  readonly isAnswered: boolean;
  answer(body: unknown, status?: number): void;
  /** Ends the connection without an answer. */
  hangUp(): void;
}

/** GREEN-API whose every answer the test decides: what arrived, in which order, and when it is answered. */
export class ManualGateway implements AsyncDisposable {
  readonly calls: GatewayCall[] = [];
  private waiting: { readonly count: number; readonly resolve: () => void } | undefined;

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.calls.push(callOf(request, response));
      if (this.calls.length >= (this.waiting?.count ?? Infinity)) this.waiting?.resolve();
    });
  }

  static async start(): Promise<ManualGateway> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ManualGateway(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What arrived so far. */
  get all(): readonly string[] {
    return this.calls.map(({ what }) => what);
  }

  /** Resolves to call number `count`, from 1, when it has arrived. */
  async call(count: number): Promise<GatewayCall> {
    if (this.calls.length < count) {
      await new Promise<void>((resolve) => (this.waiting = { count, resolve }));
    }
    return this.calls[count - 1]!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function callOf(request: IncomingMessage, response: ServerResponse): GatewayCall {
  const receipt = /\/(\d+)$/.exec(request.url ?? '')?.[1];
  return {
    what: request.method === 'DELETE' ? `DELETE ${receipt}` : 'GET',
    socket: request.socket,
    get isAnswered() {
      return response.writableEnded;
    },
    answer: (body, status = 200) => {
      response.statusCode = status;
      response.end(JSON.stringify(body));
    },
    hangUp: () => request.socket.destroy(),
  };
}
