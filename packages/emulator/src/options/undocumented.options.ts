/**
 * Behaviour that GREEN-API's documentation does not describe or contradicts: one option for each
 * case.
 */
export interface UndocumentedOptions {
  /**
   * Body of `receiveNotification` when the queue is empty: the JSON literal `null` (seen live), or
   * an empty body (the method page says "empty response").
   * @default 'null'
   */
  emptyAnswer: 'null' | 'empty';
  /**
   * The `receiptId` when an undeleted notification is received again. Not documented.
   * @default 'same'
   */
  redeliveryReceiptId: 'same' | 'new';
  /**
   * Whether an older `receiptId` of a notification still deletes it, after it was received again
   * with a new one. Matters only with `redeliveryReceiptId: 'new'`. Not documented.
   * @default 'accept'
   */
  replacedReceipt: 'accept' | 'unknown';
  /**
   * How long a received notification is hidden from other `receiveNotification` calls, in
   * milliseconds. Not documented.
   * @default 0
   */
  visibilityTimeoutMs: number;
  /**
   * A `receiveTimeout` outside 5..60, or not an integer: changed to an allowed value, or answered
   * 400.
   * @default 'clamp'
   */
  receiveTimeoutOutOfRange: 'clamp' | 'reject';
  /**
   * The answer to `deleteNotification` with an unknown `receiptId`: 200 `{"result":false}`, or the
   * 500 `findUnAckedMessage`. One page documents both.
   * @default 'result-false'
   */
  unknownReceipt: 'result-false' | 'find-unacked-500';
  /**
   * Status of the error `Parameter receiptId must be a Number!` (English page: 400, Russian page:
   * 500).
   * @default 400
   */
  malformedReceiptStatus: 400 | 500;
  /**
   * Whether the answer of `deleteNotification` has a `reason`. The MAX pages show it, the WhatsApp
   * and Telegram pages do not.
   * @default 'max'
   */
  deleteReason: 'max' | 'always' | 'never';
  /**
   * The answer to an `idInstance` that is not a whole number: the documented 400, or the HTML 403
   * that was seen live.
   * @default 'bad-request'
   */
  malformedIdInstance: 'bad-request' | 'html-403';
  /**
   * How long `setSettings` takes to have an effect, in milliseconds, 0..300000. Documented as
   * "within 5 minutes", elsewhere as about one minute. During that time the instance is `starting`.
   * @default 0
   */
  settingsDelayMs: number;
  /**
   * Whether `receiveNotification` and `deleteNotification` work while the instance is `starting`,
   * or answer 400 `instance in starting process try later`. Not documented.
   * @default 'serve'
   */
  queueWhileStarting: 'serve' | 'refuse';
  /**
   * Key in the answer of `getWebhooksCount`: all ASCII, or with a Cyrillic first letter as on two
   * pages.
   * @default 'count'
   */
  countKey: 'count' | 'сount';
  /**
   * How long `getWebhooksCount` returns a cached value, in milliseconds. Documented as 10 s.
   * @default 10000
   */
  countRefreshMs: number;
  /**
   * `clearWebhooksQueue` while `webhookUrl` is set: it works, or it fails as an open issue reports.
   * @default 'works'
   */
  clearWithWebhookUrl: 'works' | 'fails';
  /**
   * Whether method names ignore case. Older pages used `ReceiveNotification` for
   * `receiveNotification`.
   * @default true
   */
  caseInsensitiveMethods: boolean;
  /**
   * Format of error bodies. `status-code`: `{statusCode,timestamp,path,message}`, where `path`
   * contains the token. `code`: `{code,message,status}`. `published`: `code` for the error about a
   * custom webhook URL, `status-code` for the others.
   * @default 'published'
   */
  errorBody: 'published' | 'status-code' | 'code';
  /**
   * Time before each of the statuses sent, delivered and read of a sent message, in milliseconds.
   * Not documented.
   * @default 0
   */
  messageStatusDelayMs: number;
  /**
   * The rate limit, in calls a second, of methods whose limit is not documented.
   * @default 1
   */
  undocumentedPerSecond: number;
}
