import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Where a piece of traffic is on its way. */
export type Direction = 'request' | 'response';

interface Pace {
  readonly bytes: number;
  readonly intervalMs: number;
}

/** One caller's connection and its continuation to the server, with what faults can do to them. */
export class ProxiedConnection {
  private readonly server: Socket;
  private readonly over = new AbortController();
  private readonly turns: Record<Direction, Promise<void>> = {
    request: Promise.resolve(),
    response: Promise.resolve(),
  };
  private delayMs = 0;
  private pace: Pace | undefined;
  private isSwallowed = false;
  private bytesLeft = Infinity;
  /** The request line of the request sent last. */
  request = '';

  constructor(
    private readonly caller: Socket,
    target: { readonly host: string; readonly port: number },
    private readonly onTraffic: (connection: ProxiedConnection, direction: Direction) => void,
  ) {
    this.server = connect({ ...target, allowHalfOpen: true });
    this.wire('request', caller, this.server);
    this.wire('response', this.server, caller);
  }

  get closed(): boolean {
    return this.over.signal.aborted;
  }

  delayBy(delayMs: number): void {
    this.delayMs = delayMs;
  }

  drip(bytes: number, intervalMs: number): void {
    this.pace = { bytes, intervalMs };
  }

  truncateAt(bytes: number): void {
    this.bytesLeft = bytes;
  }

  swallow(): void {
    this.isSwallowed = true;
  }

  halfClose(): void {
    this.isSwallowed = true;
    this.caller.end();
  }

  reset(): void {
    this.caller.resetAndDestroy();
    this.close();
  }

  close(): void {
    this.over.abort();
    this.caller.destroy();
    this.server.destroy();
  }

  private wire(direction: Direction, from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      if (direction === 'request') this.readRequestLine(chunk);
      this.onTraffic(this, direction);
      this.inTurn(direction, () => this.forward(direction, chunk, to));
    });
    from.on('end', () => this.inTurn(direction, async () => void (this.isSwallowed || to.end())));
    from.on('error', () => this.close());
    from.on('close', () => this.inTurn(direction, async () => this.isSwallowed || this.close()));
  }

  private readRequestLine(chunk: Buffer): void {
    const line = /^(?:GET|POST|DELETE) [^\r\n]+/.exec(chunk.toString('latin1'))?.[0];
    if (line !== undefined) this.request = line;
  }

  private inTurn(direction: Direction, work: () => Promise<unknown>): void {
    this.turns[direction] = this.turns[direction].then(work).then(
      () => undefined,
      () => undefined,
    );
  }

  private async forward(direction: Direction, chunk: Buffer, to: Socket): Promise<void> {
    await this.wait(this.delayMs);
    if (direction === 'request') {
      this.write(to, chunk);
      return;
    }
    const size = this.pace?.bytes ?? chunk.length;
    for (let at = 0; at < chunk.length && this.bytesLeft > 0; at += size) {
      await this.wait(this.pace?.intervalMs ?? 0);
      const piece = chunk.subarray(at, at + Math.min(size, this.bytesLeft));
      this.bytesLeft -= piece.length;
      this.write(to, piece);
    }
    if (this.bytesLeft <= 0) to.end(() => this.close());
  }

  private write(to: Socket, piece: Buffer): void {
    if (!this.isSwallowed && !to.destroyed && to.writable) to.write(piece);
  }

  private async wait(durationMs: number): Promise<void> {
    if (durationMs <= 0) return;
    await delay(durationMs, undefined, { signal: this.over.signal, ref: false });
  }
}
