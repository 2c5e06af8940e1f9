import type { Socket } from 'node:net';

import type { DelayLine } from './delay.line.js';
import type { GatewayGroup } from './gateway.group.js';
import type { InstanceQueue } from './instance.queue.js';
import { type GatewayRequest, RequestReader } from './request.reader.js';

interface Arrived extends GatewayRequest {
  readonly arrivedAtMs: number;
}

export interface GroupedQueue {
  readonly queue: InstanceQueue;
  readonly group: GatewayGroup;
}

const EMPTY = 'null';
const DEFAULT_RECEIVE_TIMEOUT_SECONDS = 5;
const TARGET = /^\/waInstance(\d+)\/(\w+)\/[^/?]+(?:\/(\d+))?(?:\?receiveTimeout=(\d+))?/;

/**
 * One connection. It answers its requests in their order. Each answer leaves one round trip after
 * its request arrived, so two requests that were sent together cost one round trip together.
 */
export class GatewayConnection {
  private readonly reader = new RequestReader();
  private readonly requests: Arrived[] = [];
  private isWaiting = false;
  private lastDueAtMs = 0;
  private stopWaiting: () => void = () => {};

  constructor(
    private readonly socket: Socket,
    private readonly queueOf: (idInstance: number) => GroupedQueue | undefined,
    private readonly delays: DelayLine,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.arrived(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.stopWaiting());
  }

  private arrived(chunk: Buffer): void {
    const arrivedAtMs = performance.now();
    for (const request of this.reader.read(chunk)) this.requests.push({ ...request, arrivedAtMs });
    this.answerAll();
  }

  private answerAll(): void {
    while (!this.isWaiting && this.requests.length > 0) this.answer(this.requests.shift()!);
  }

  private answer(request: Arrived): void {
    const [, idInstance, method, receiptId, timeout] = TARGET.exec(request.target) ?? [];
    const target = this.queueOf(Number(idInstance));
    if (!target) this.send('{}', request.arrivedAtMs, '404 Not Found');
    else if (method === 'receiveNotification') this.receive(target, request, timeout);
    else if (method === 'deleteNotification') this.delete(target, request, Number(receiptId));
    else this.send('{}', request.arrivedAtMs + target.group.roundTripMs);
  }

  private delete({ queue, group }: GroupedQueue, { arrivedAtMs }: Arrived, receiptId: number) {
    queue.deletes.count(arrivedAtMs);
    const isDeleted = queue.delete(receiptId);
    if (isDeleted) group.noteDeleted(arrivedAtMs);
    this.send(`{"result":${isDeleted}}`, arrivedAtMs + group.roundTripMs);
  }

  private receive({ queue, group }: GroupedQueue, { arrivedAtMs }: Arrived, timeout = ''): void {
    queue.receives.count(arrivedAtMs);
    const dueAtMs = arrivedAtMs + group.roundTripMs;
    const head = queue.head();
    if (head !== undefined) {
      this.send(head, dueAtMs);
      return;
    }
    this.isWaiting = true;
    const waitMs = 1000 * (Number(timeout) || DEFAULT_RECEIVE_TIMEOUT_SECONDS);
    const timer = setTimeout(() => done(EMPTY), waitMs);
    const leave = queue.wait(() => done(queue.head() ?? EMPTY));
    const done = (answer: string) => {
      this.stopWaiting();
      if (answer === EMPTY) group.noteEmpty();
      // The answer is known now, and half a round trip later it is there.
      this.send(answer, Math.max(dueAtMs, performance.now() + group.roundTripMs / 2));
      this.answerAll();
    };
    this.stopWaiting = () => {
      clearTimeout(timer);
      leave();
      this.isWaiting = false;
      this.stopWaiting = () => {};
    };
  }

  private send(json: string, dueAtMs: number, status = '200 OK'): void {
    const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: `;
    const answer = `${head}${Buffer.byteLength(json)}\r\n\r\n${json}`;
    this.lastDueAtMs = Math.max(this.lastDueAtMs, dueAtMs);
    if (this.lastDueAtMs <= performance.now()) this.socket.write(answer);
    else this.delays.at(this.lastDueAtMs, () => this.socket.write(answer));
  }
}
