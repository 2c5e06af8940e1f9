import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

import { RECEIVE_TIMEOUT_SECONDS } from '../../gateway/green-api.limits.js';

/** The options of `transport: 'polling'`. */
export class PollingOptions {
  /**
   * How long GREEN-API waits for a notification before it answers that the queue is empty, in
   * seconds, 5 to 60. GREEN-API: ReceiveNotification, `receiveTimeout`.
   *
   * @default 20
   */
  @IsInt()
  @Min(RECEIVE_TIMEOUT_SECONDS.min)
  @Max(RECEIVE_TIMEOUT_SECONDS.max)
  readonly receiveTimeoutSeconds: number = 20;

  /**
   * When to poll, as a cron expression (`'0 *\/5 * * * *'`). Each run receives until the queue is
   * empty. Needs `@nestjs/schedule`.
   *
   * @default undefined: polls all the time
   */
  @IsOptional()
  @IsString()
  readonly cron?: string;
}
