import { createLogUpdate } from 'log-update';

const REFRESH_MS = 100;

/**
 * Shows what happens as lines that stay, and on a terminal the state of things below them. Without
 * a terminal the lines are all there is.
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
