/** An exponential back-off: each wait is `factor` times as long as the wait before it. */
export interface Backoff {
  /** The first wait, in milliseconds. */
  readonly initialMs: number;
  /** Each wait is the wait before it, multiplied by this. */
  readonly factor: number;
  /** The longest wait, in milliseconds. */
  readonly maxMs: number;
  /**
   * Random variation of each wait, as a fraction: 0.2 gives 80 % to 120 %, but never more than
   * `maxMs`.
   */
  readonly jitter: number;
}

/**
 * The wait in milliseconds after failure number `failures` (1 is the first).
 *
 * @param random a number from 0 (inclusive) to 1 (exclusive)
 */
export function backoffMs(failures: number, backoff: Backoff, random = Math.random()): number {
  const { initialMs, factor, maxMs, jitter } = backoff;
  const exponential = Math.min(maxMs, initialMs * factor ** Math.max(0, failures - 1));
  return Math.round(Math.min(maxMs, exponential * (1 + jitter * (2 * random - 1))));
}
