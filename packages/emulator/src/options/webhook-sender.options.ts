/** How notifications are pushed while an instance has a `webhookUrl`. */
export interface WebhookSenderOptions {
  /** How long the receiver may take to answer, in milliseconds. @default 180000 */
  answerTimeoutMs: number;
  /** Pause after a failed attempt, in milliseconds, before the same one is sent again. @default 60000 */
  retryPauseMs: number;
  /** Least time between two notifications, in milliseconds (about 50 a second). @default 20 */
  pacingMs: number;
  /** Which statuses count as delivered; documentation names 200 only and is silent on the rest. @default '200' */
  success: '200' | '2xx';
}
