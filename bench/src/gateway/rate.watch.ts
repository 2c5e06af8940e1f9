const WINDOW_MS = 1000;

/** Counts the requests that GREEN-API would refuse with 429: more than `most` within one second. */
export class RateWatch {
  /** When the last `most` requests came. */
  private readonly times: Float64Array;
  private next = 0;
  overLimit = 0;

  constructor(most = 100) {
    this.times = new Float64Array(most).fill(-Infinity);
  }

  count(nowMs: number): void {
    if (nowMs - this.times[this.next]! < WINDOW_MS) this.overLimit += 1;
    this.times[this.next] = nowMs;
    this.next = (this.next + 1) % this.times.length;
  }
}
