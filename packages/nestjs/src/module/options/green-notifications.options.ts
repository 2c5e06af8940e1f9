import { Type } from 'class-transformer';
import { ArrayNotEmpty, IsArray, IsIn, IsObject, Max, Min, ValidateNested } from 'class-validator';

import { InstanceOptions } from './instance.options.js';
import { PollingOptions } from './polling.options.js';
import { RetryOptions } from './retry.options.js';

/** The options of `GreenNotificationsModule`, with their defaults. */
export class GreenNotificationsOptions {
  /**
   * How notifications arrive.
   *
   * @default 'polling'
   */
  @IsIn(['polling'])
  readonly transport: 'polling' = 'polling' as const;

  /** The GREEN-API accounts to receive from; at least one. */
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  @Type(() => InstanceOptions)
  readonly instances!: InstanceOptions[];

  /** For `transport: 'polling'`. */
  @IsObject()
  @ValidateNested()
  @Type(() => PollingOptions)
  readonly polling: PollingOptions = new PollingOptions();

  /** What happens after a handler failed. */
  @IsObject()
  @ValidateNested()
  @Type(() => RetryOptions)
  readonly retry: RetryOptions = new RetryOptions();

  /**
   * What becomes of a notification that no handler matches: `acknowledge` lets the queue go on,
   * `retry` keeps it with GREEN-API, and with it everything behind it.
   *
   * @default 'acknowledge'
   */
  @IsIn(['acknowledge', 'retry'])
  readonly unhandled: 'acknowledge' | 'retry' = 'acknowledge' as const;

  /**
   * How long a shutdown waits for running handlers, in milliseconds. What is not finished by then
   * stays with GREEN-API.
   *
   * @default 25000
   */
  @Min(0)
  @Max(60 * 60 * 1000)
  readonly shutdownTimeoutMs: number = 25_000;
}
