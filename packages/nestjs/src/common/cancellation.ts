import { LONGEST_TIMER_MS } from './waits.js';

/** Something that can be ended before it has finished. */
export interface Abortable {
  abort(reason: unknown): void;
}

/**
 * An abort that costs next to nothing until somebody asks for its signal. An `AbortSignal` with a
 * listener for each call and each run is a large part of what they cost, and of what an idle
 * instance takes in memory.
 */
export class Cancellation implements Abortable {
  private isOver = false;
  private reason: unknown;
  private controller: AbortController | undefined;
  /** In no order. There is rarely more than one, so a list is cheaper than a set. */
  private children: Abortable[] | undefined;

  /** @param whenAborted called once, when it is aborted */
  constructor(private readonly whenAborted?: (reason: unknown) => void) {}

  get isAborted(): boolean {
    return this.isOver;
  }

  /** Fires when it is aborted. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.isOver) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  /** Aborts this one and everything that was added to it. Does nothing the second time. */
  abort(reason?: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.reason = reason;
    this.whenAborted?.(reason);
    this.controller?.abort(reason);
    const { children = [] } = this;
    this.children = undefined;
    for (const child of children) child.abort(reason);
  }

  /** Aborts `child` together with this one, until it is removed. */
  add(child: Abortable): void {
    if (this.isOver) child.abort(this.reason);
    else if (this.children) this.children.push(child);
    else this.children = [child];
  }

  remove(child: Abortable): void {
    const { children } = this;
    const index = children?.indexOf(child) ?? -1;
    if (!children || index < 0) return;
    const last = children.pop()!;
    if (last !== child) children[index] = last;
  }

  /** Waits for `durationMs`, or until this is aborted. Resolves in both cases. */
  pause(durationMs: number): Promise<void> {
    if (durationMs <= 0 || this.isOver) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = {
        abort: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(
        () => {
          this.remove(waiting);
          resolve();
        },
        Math.min(durationMs, LONGEST_TIMER_MS),
      );
      this.add(waiting);
    });
  }
}
