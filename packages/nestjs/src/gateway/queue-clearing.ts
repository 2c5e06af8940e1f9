/** What `clearWebhooksQueue` answered. */
export interface QueueClearing {
  readonly cleared: boolean;
  /** Why not. */
  readonly reason?: string;
  /** Not before this time, in milliseconds, may it be tried again (`leftTime`). */
  readonly retryAfterMs?: number;
}
