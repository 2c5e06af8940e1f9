/** Points on which GREEN-API's documentation is silent or contradicts itself: one knob each. */
export interface UndocumentedOptions {
  /**
   * Body of `receiveNotification` when nothing arrived: the JSON literal `null` (seen live) or a
   * zero-length body (the method page says "empty response").
   * @default 'null'
   */
  emptyAnswer: 'null' | 'empty';
  /**
   * `receiptId` when an undeleted notification is handed out again. Not documented.
   * @default 'same'
   */
  redeliveryReceiptId: 'same' | 'new';
  /**
   * Whether a receipt that a later hand-out of the same notification replaced still deletes it; matters
   * only with `redeliveryReceiptId: 'new'`. Not documented.
   * @default 'accept'
   */
  replacedReceipt: 'accept' | 'unknown';
  /**
   * How long, in milliseconds, a handed-out head is withheld from other `receiveNotification` calls. No
   * such time is documented.
   * @default 0
   */
  visibilityTimeoutMs: number;
  /**
   * `receiveTimeout` outside 5..60 (or not an integer): moved to the nearest bound, or answered 400.
   * @default 'clamp'
   */
  receiveTimeoutOutOfRange: 'clamp' | 'reject';
  /**
   * `deleteNotification` with a receipt that is not in the queue: 200 `{"result":false}` or the 500
   * `findUnAckedMessage`. Both are documented on one page.
   * @default 'result-false'
   */
  unknownReceipt: 'result-false' | 'find-unacked-500';
  /**
   * Status of `Parameter receiptId must be a Number!` (English page: 400, Russian page: 500).
   * @default 400
   */
  malformedReceiptStatus: 400 | 500;
  /**
   * `reason` in the answer of `deleteNotification`; the MAX pages show it, the WhatsApp and Telegram
   * pages do not.
   * @default 'max'
   */
  deleteReason: 'max' | 'always' | 'never';
  /**
   * An idInstance that is not a whole number: the documented 400, or the HTML 403 seen live.
   * @default 'bad-request'
   */
  malformedIdInstance: 'bad-request' | 'html-403';
  /**
   * How long `setSettings` takes to apply, in milliseconds, 0..300000; documented as "within 5 minutes",
   * elsewhere as about one. The instance is `starting` meanwhile.
   * @default 0
   */
  settingsDelayMs: number;
  /**
   * Whether `receiveNotification` and `deleteNotification` work while the instance is `starting`, or
   * answer 400 `instance in starting process try later`. Not documented.
   * @default 'serve'
   */
  queueWhileStarting: 'serve' | 'refuse';
  /**
   * Key of the `getWebhooksCount` answer: ASCII, or with the Cyrillic first letter that two pages print.
   * @default 'count'
   */
  countKey: 'count' | 'сount';
  /**
   * Age, in milliseconds, up to which `getWebhooksCount` repeats its last value; documented as 10 s.
   * @default 10000
   */
  countRefreshMs: number;
  /**
   * `clearWebhooksQueue` while `webhookUrl` is set: works, or fails as an open issue reports.
   * @default 'works'
   */
  clearWithWebhookUrl: 'works' | 'fails';
  /**
   * Whether `ReceiveNotification` is as good as `receiveNotification`. Older pages wrote the former.
   * @default true
   */
  caseInsensitiveMethods: boolean;
  /**
   * Shape of error bodies: `{statusCode,timestamp,path,message}`, where `path` holds the token;
   * `{code,message,status}`; or, as published, the second for the custom-webhook-url error and the
   * first for the others.
   * @default 'published'
   */
  errorBody: 'published' | 'status-code' | 'code';
  /**
   * Milliseconds between `sendMessage` and each of the statuses sent, delivered and read. Not documented.
   * @default 0
   */
  messageStatusDelayMs: number;
}
