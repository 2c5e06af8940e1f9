import { IsNumber, IsPositive, Max, Min } from 'class-validator';

import { RETENTION_MS } from '../../gateway/green-api.limits.js';
import type { Backoff } from '../../common/backoff.js';

/** How the waits between attempts grow. */
export class BackoffOptions implements Backoff {
  /**
   * The first wait, in milliseconds, more than 0.
   *
   * @default 500
   */
  @IsPositive()
  readonly initialMs: number = 500;

  /**
   * The factor by which each wait is longer than the one before, at least 1.
   *
   * @default 2
   */
  @IsNumber()
  @Min(1)
  readonly factor: number = 2;

  /**
   * The longest wait, in milliseconds, more than 0, up to 86400000 (24 hours).
   *
   * @default 60000
   */
  @IsPositive()
  @Max(RETENTION_MS)
  readonly maxMs: number = 60_000;

  /**
   * How much each wait varies at random, as a fraction from 0 to 1: 0.2 gives 80 % to 120 % of the
   * wait.
   *
   * @default 0.2
   */
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly jitter: number = 0.2;
}
