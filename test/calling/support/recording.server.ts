import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly verb: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A server that records requests as they came, and answers all of them in the same way. */
export class RecordingServer implements AsyncDisposable {
  readonly requests: ReceivedRequest[] = [];
  /** Called for each part of a body that arrives. */
  onData: () => void = () => undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(
    answer: (response: ServerResponse) => unknown = (response) => response.end('{}'),
  ): Promise<RecordingServer> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        recording.onData();
      });
      request.on('error', () => undefined);
      request.on('end', () => {
        const { method: verb, url, headers } = request;
        recording.requests.push({ verb, url, headers, body: Buffer.concat(chunks) });
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const recording = new RecordingServer(server, `http://127.0.0.1:${port}`);
    return recording;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
