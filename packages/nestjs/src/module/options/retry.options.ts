import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';

import { BackoffOptions } from './backoff.options.js';

/** What happens after a handler failed. */
export class RetryOptions {
  /** How long to wait between the attempts. */
  @IsObject()
  @ValidateNested()
  @Type(() => BackoffOptions)
  readonly backoff: BackoffOptions = new BackoffOptions();
}
