/** Requests of one method of one instance: refills continuously, holds at most a second's worth. */
export class TokenBucket {
  private tokens: number;
  private filledAtMs: number;

  constructor(
    readonly perSecond: number,
    nowMs: number,
  ) {
    this.tokens = perSecond;
    this.filledAtMs = nowMs;
  }

  /** Takes one request; false if there is none to take. */
  take(nowMs: number): boolean {
    this.refill(nowMs);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  remaining(nowMs: number): number {
    this.refill(nowMs);
    return Math.floor(this.tokens);
  }

  private refill(nowMs: number): void {
    const gained = (Math.max(0, nowMs - this.filledAtMs) * this.perSecond) / 1000;
    this.tokens = Math.min(this.perSecond, this.tokens + gained);
    this.filledAtMs = nowMs;
  }
}
