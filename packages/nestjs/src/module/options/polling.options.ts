import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

import { ANSWER_LIMIT_BYTES, RECEIVE_TIMEOUT_SECONDS } from '../../gateway/green-api.limits.js';

/** The options of `transport: 'polling'`. */
export class PollingOptions {
  /**
   * How long GREEN-API waits for a notification before it answers that the queue is empty, in
   * seconds, 5 to 60. GREEN-API: ReceiveNotification, `receiveTimeout`.
   *
   * @default 60
   */
  @IsInt()
  @Min(RECEIVE_TIMEOUT_SECONDS.min)
  @Max(RECEIVE_TIMEOUT_SECONDS.max)
  readonly receiveTimeoutSeconds: number = 60;

  /**
   * The largest answer of GREEN-API that is read, in bytes; at least 64 KiB. If a notification is
   * larger, its beginning becomes a dead letter, and the queue continues.
   *
   * @default 8388608 (8 MiB)
   */
  @IsInt()
  @Min(64 * 1024)
  readonly answerLimitBytes: number = ANSWER_LIMIT_BYTES;

  /**
   * Whether the next ReceiveNotification may be sent before DeleteNotification is answered. `auto`:
   * yes, so that a notification takes one round trip instead of two; if GREEN-API then answers with
   * the notification that is just being deleted, it is dropped, and if that repeats, this pauses
   * for ten minutes. `never`: the deletion is always awaited, as it is with `deduplication: false`.
   *
   * @default 'auto'
   */
  @IsIn(['auto', 'never'])
  readonly overlap: 'auto' | 'never' = 'auto';

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
