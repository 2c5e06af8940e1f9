import { createLogUpdate } from 'log-update';

const REFRESH_MS = 100;

/**
 * Prints a line for each event. On a terminal, it also shows a status line below them.
 */
export class DemoView {
  private readonly live = process.stdout.isTTY ? createLogUpdate(process.stdout) : undefined;
  private readonly refresh: NodeJS.Timeout | undefined;

  constructor(private readonly status: () => string) {
    if (this.live) this.refresh = setInterval(() => this.draw(), REFRESH_MS).unref();
  }

  line(text: string): void {
    if (!this.live) {
      console.log(text);
      return;
    }
    this.live.persist(text);
    this.draw();
  }

  close(): void {
    clearInterval(this.refresh);
    this.live?.clear();
    this.live?.done();
  }

  private draw(): void {
    this.live?.(`\n  ${this.status()}\n`);
  }
}
