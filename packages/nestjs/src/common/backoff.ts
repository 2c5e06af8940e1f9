/** An exponential back-off: `initialMs`, then `factor` times as long each time, up to `maxMs`. */
export interface Backoff {
  /** The first wait, in milliseconds. */
  readonly initialMs: number;
  /** How much longer each wait is than the one before. */
  readonly factor: number;
  /** The longest wait, in milliseconds. */
  readonly maxMs: number;
  /** How far a wait may be off, as a fraction of it: 0.2 gives 80 % to 120 %. */
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
