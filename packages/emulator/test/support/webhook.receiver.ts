import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChangeSignal } from '../../src/support/change-signal.js';

export interface ReceivedPush {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly body: string;
  readonly response: ServerResponse;
}

/** A webhook endpoint. A test sets `answer` to decide how it answers. */
export class WebhookReceiver {
  readonly pushes: ReceivedPush[] = [];
  connections = 0;
  /** Undefined: the test sends the answer itself. */
  answer: ((push: ReceivedPush) => void) | undefined = ({ response }) => void response.end();
  private readonly changed = new ChangeSignal();
  private readonly server: Server;

  constructor() {
    this.server = createServer(async (request, response) => {
      let body = '';
      try {
        for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
      } catch {
        return;
      }
      const { headers, rawHeaders, url = '' } = request;
      const push = { path: url, headers, rawHeaders, body, response };
      this.pushes.push(push);
      this.answer?.(push);
      this.changed.notify();
    });
    this.server.on('connection', () => {
      this.connections += 1;
      this.changed.notify();
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook?a=1`;
  }

  async received(count: number): Promise<ReceivedPush[]> {
    await this.changed.until(() => this.pushes.length >= count);
    return this.pushes;
  }

  connected(count: number): Promise<void> {
    return this.changed.until(() => this.connections >= count);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
