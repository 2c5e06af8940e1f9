import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

import { DelayLine } from './delay.line.js';
import { GatewayConnection, type GroupedQueue } from './gateway.connection.js';
import { GatewayGroup, type GroupOptions } from './gateway.group.js';

export interface InstanceAddress {
  readonly idInstance: number;
  readonly apiTokenInstance: string;
  readonly apiUrl: string;
}

const FIRST_ID = 1101000001;
const TOKEN = 'bench0000000000000000000000000000000000000000000000';
/** A port pair is free once for each address of the server. Some systems have the first one only. */
const ADDRESSES = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];

/**
 * GREEN-API's receiving methods and nothing else, as cheap as Node allows, so that it does not bound
 * whoever is measured. It uses nothing of the product.
 */
export class GatewayServer {
  private readonly queues = new Map<number, GroupedQueue>();
  private readonly delays = new DelayLine();
  private readonly sockets = new Set<Socket>();
  private servers: readonly Server[] = [];
  private nextId = FIRST_ID;

  async listen(): Promise<void> {
    const [first, ...others] = ADDRESSES;
    const main = await this.open(first!);
    const rest = await Promise.all(others.map((host) => this.open(host).catch(() => undefined)));
    this.servers = [main, ...rest.filter((server) => server !== undefined)];
  }

  close(): void {
    for (const server of this.servers) server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  /** Adds the instances of a contestant. */
  addGroup(options: GroupOptions): { group: GatewayGroup; instances: InstanceAddress[] } {
    const group = new GatewayGroup(this.nextId, options);
    this.nextId += options.instances;
    const urls = this.servers.map((server) => {
      const { address, port } = server.address() as AddressInfo;
      return `http://${address}:${port}`;
    });
    const instances = group.queues.map((queue, index) => {
      this.queues.set(queue.idInstance, { queue, group });
      const apiUrl = urls[index % urls.length]!;
      return { idInstance: queue.idInstance, apiTokenInstance: TOKEN, apiUrl };
    });
    return { group, instances };
  }

  private open(host: string): Promise<Server> {
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      void new GatewayConnection(socket, (id) => this.queues.get(id), this.delays);
    });
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port: 0, backlog: 4096 }, () => resolve(server));
    });
  }
}
