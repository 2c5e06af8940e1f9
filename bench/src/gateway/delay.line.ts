interface Delayed {
  readonly dueAtMs: number;
  readonly send: () => void;
}

/** Timers are exact to about a millisecond. The rest is waited for in turns of the event loop. */
const TIMER_BLUR_MS = 1;

/** Sends each thing at its time and not before, exact to a fraction of a millisecond. */
export class DelayLine {
  private readonly line: Delayed[] = [];
  private isArmed = false;

  at(dueAtMs: number, send: () => void): void {
    let index = this.line.length;
    while (index > 0 && this.line[index - 1]!.dueAtMs > dueAtMs) index -= 1;
    this.line.splice(index, 0, { dueAtMs, send });
    if (index === 0) this.arm();
  }

  private arm(): void {
    const [first] = this.line;
    if (!first || this.isArmed) return;
    this.isArmed = true;
    const waitMs = Math.floor(first.dueAtMs - performance.now() - TIMER_BLUR_MS);
    if (waitMs > 0) setTimeout(() => this.release(), waitMs);
    else setImmediate(() => this.release());
  }

  private release(): void {
    this.isArmed = false;
    while (this.line[0] && this.line[0].dueAtMs <= performance.now()) this.line.shift()!.send();
    this.arm();
  }
}
