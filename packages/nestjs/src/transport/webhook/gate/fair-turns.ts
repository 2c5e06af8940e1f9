// Tests replace the global function, and all webhooks would wait for ever.
import { setImmediate } from 'node:timers';

/** What one owner may use of a turn of the event loop, in bytes of bodies. */
const MOST_BYTES = 256 * 1024;
/** What a request costs besides its body, in bytes of a body. */
const REQUEST_BYTES = 4 * 1024;

interface Line {
  usedBytes: number;
  readonly waiting: { readonly bytes: number; readonly go: () => void }[];
}

/**
 * Spreads the work that requests cause over the turns of the event loop.
 *
 * To parse and handle a body of some megabytes takes some ten milliseconds, in which nothing else
 * happens. If many of them arrive together, all other requests would wait for all of them. So each
 * owner, which is a token, has a share of each turn. One large body uses up more than the share, so
 * an owner gets one of them in a turn. The requests of other owners do not wait for those that are
 * left.
 */
export class FairTurns {
  /** The owners that have used a part of this turn, or wait for the next one. */
  private readonly lines = new Map<string, Line>();

  /** Resolves when the owner may work on so many bytes; undefined if it may do so now. */
  take(owner: string, bytes: number): Promise<void> | undefined {
    const line = this.lineOf(owner);
    if (line.waiting.length === 0 && line.usedBytes < MOST_BYTES) {
      line.usedBytes += bytes + REQUEST_BYTES;
      return undefined;
    }
    return new Promise((go) => line.waiting.push({ bytes, go }));
  }

  /** Resolves in the next turn, before all others of this owner: for work that is in two parts. */
  takeNext(owner: string, bytes: number): Promise<void> {
    return new Promise((go) => this.lineOf(owner).waiting.unshift({ bytes, go }));
  }

  private lineOf(owner: string): Line {
    const known = this.lines.get(owner);
    if (known) return known;
    if (this.lines.size === 0) setImmediate(() => this.nextTurn());
    const line: Line = { usedBytes: 0, waiting: [] };
    this.lines.set(owner, line);
    return line;
  }

  private nextTurn(): void {
    for (const [owner, line] of this.lines) {
      line.usedBytes = 0;
      while (line.usedBytes < MOST_BYTES && line.waiting.length > 0) {
        const { bytes, go } = line.waiting.shift()!;
        line.usedBytes += bytes + REQUEST_BYTES;
        go();
      }
      if (line.usedBytes === 0) this.lines.delete(owner);
    }
    if (this.lines.size > 0) setImmediate(() => this.nextTurn());
  }
}
