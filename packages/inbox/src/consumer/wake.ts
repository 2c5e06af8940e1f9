/** Lets a loop wait until there is something to do. */
export class Wake {
  /** When there is something to do: monotonic time in milliseconds. */
  private dueAtMs = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private resume: (() => void) | undefined;

  /** There is something to do in `durationMs`. */
  within(durationMs: number): void {
    const dueAtMs = performance.now() + durationMs;
    if (dueAtMs >= this.dueAtMs) return;
    this.dueAtMs = dueAtMs;
    if (this.resume) this.arm();
  }

  /** Resolves when something is due, or after `longestMs`. */
  wait(longestMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.resume = () => {
        clearTimeout(this.timer);
        this.resume = undefined;
        this.dueAtMs = Infinity;
        resolve();
      };
      this.within(longestMs);
      this.arm();
    });
  }

  private arm(): void {
    clearTimeout(this.timer);
    const leftMs = this.dueAtMs - performance.now();
    this.timer = setTimeout(() => this.resume?.(), Math.max(0, leftMs));
  }
}
