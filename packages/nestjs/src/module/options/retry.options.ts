import { Type } from 'class-transformer';
import { IsInt, IsObject, Min, ValidateNested } from 'class-validator';

import { BackoffOptions } from './backoff.options.js';

/** How often and when a failed handler runs again. */
export class RetryOptions {
  /**
   * How many attempts a handler has for one notification, at least 1. After the last one, the
   * notification becomes a dead letter. With `deadLetters: false`, or while the dead letter cannot
   * be stored, the handler is retried with the longest wait, and the notification blocks everything
   * behind it.
   *
   * @default 5
   */
  @IsInt()
  @Min(1)
  readonly attempts: number = 5;

  /** How long to wait between two attempts. */
  @IsObject()
  @ValidateNested()
  @Type(() => BackoffOptions)
  readonly backoff: BackoffOptions = new BackoffOptions();
}
