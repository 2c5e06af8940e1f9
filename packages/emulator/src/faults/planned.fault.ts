import type { FaultMatch } from './fault.types.js';

/** A fault that is planned for matching requests or pushes. */
export class PlannedFault<Exchange = never> {
  private playedTimes = 0;
  private toSkip: number;
  private removed = false;

  /** @internal */
  constructor(
    /** The name of the fault, such as `delay(500 ms)`. */
    readonly name: string,
    private readonly match: FaultMatch<Exchange>,
  ) {
    this.toSkip = match.skip ?? 0;
  }

  /** How often it was played. */
  get fired(): number {
    return this.playedTimes;
  }

  /** How often it will still be played. */
  get remaining(): number {
    return this.removed ? 0 : (this.match.times ?? 1) - this.playedTimes;
  }

  /** Removes it, so that it is not played any more. */
  remove(): void {
    this.removed = true;
  }

  /** @internal Returns true, and counts one use, if the exchange matches. */
  take(idInstance: string, exchange: Exchange): boolean {
    if (this.remaining <= 0) return false;
    const { idInstance: wanted, when } = this.match;
    if (wanted !== undefined && String(wanted) !== idInstance) return false;
    if (when && !when(exchange)) return false;
    if (this.toSkip > 0) {
      this.toSkip -= 1;
      return false;
    }
    this.playedTimes += 1;
    return true;
  }
}
