import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** How `transport: 'polling'` receives. */
export class PollingOptions {
  /**
   * How long GREEN-API waits for something to arrive before it answers that there is nothing, in
   * seconds, 5 to 60. GREEN-API: ReceiveNotification, `receiveTimeout`.
   *
   * @default 20
   */
  @IsInt()
  @Min(5)
  @Max(60)
  readonly receiveTimeoutSeconds: number = 20;

  /**
   * When to drain the queues, as a cron expression (`'0 *\/5 * * * *'`). Needs `@nestjs/schedule`.
   *
   * @default undefined polls without end
   */
  @IsOptional()
  @IsString()
  readonly cron?: string;
}
