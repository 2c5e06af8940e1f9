import { Type } from 'class-transformer';
import { IsInt, IsObject, Min, ValidateNested } from 'class-validator';

import { BackoffOptions } from './backoff.options.js';

/** What happens after a handler failed. */
export class RetryOptions {
  /**
   * How often a handler may try before it gives up. What was given up on becomes a dead letter if
   * `deadLetters` is configured; if not, the handler goes on trying with the longest wait, and holds
   * back everything behind the notification.
   *
   * @default 5
   */
  @IsInt()
  @Min(1)
  readonly attempts: number = 5;

  /** How long to wait between the attempts. */
  @IsObject()
  @ValidateNested()
  @Type(() => BackoffOptions)
  readonly backoff: BackoffOptions = new BackoffOptions();
}
