/** GREEN-API drops a notification that was not acknowledged in this time. GREEN-API: Receiving */
export const RETENTION_MS = 24 * 60 * 60 * 1000;

/** How long to remember a notification: an hour longer than GREEN-API may deliver it. */
export const REMEMBERED_MS = RETENTION_MS + 60 * 60 * 1000;

/**
 * The largest notification that is read, in bytes, unless the options say otherwise. The largest
 * documented ones, with a base64 thumbnail, have some hundred kilobytes.
 */
export const ANSWER_LIMIT_BYTES = 8 * 1024 * 1024;

/** What `receiveTimeout` of `receiveNotification` may be. GREEN-API: ReceiveNotification */
export const RECEIVE_TIMEOUT_SECONDS = { min: 5, max: 60 } as const;

/**
 * The shortest time between two calls of `receiveNotification`, or of `deleteNotification`, for one
 * instance. GREEN-API allows 100 a second; half a millisecond is for clocks that differ. GREEN-API:
 * Rate limiter
 */
export const QUEUE_CALL_INTERVAL_MS = 10.5;

/** No more calls than a method allows in a second start in this time: 50 ms are for clocks that differ. */
export const CALL_WINDOW_MS = 1050;

/** A call that would wait longer for its turn fails at once. */
export const LONGEST_QUEUE_SECONDS = 60;

const CALLS_PER_SECOND: Readonly<Record<string, number>> = {
  receiveNotification: 100,
  deleteNotification: 100,
  downloadFile: 5,
  qr: 3,
};

/**
 * How often GREEN-API allows a method for one instance, until one of its answers says otherwise:
 * sending 50 times a second, and once a second what has no documented limit. GREEN-API: Rate limiter
 */
export function callsPerSecond(method: string): number {
  if (Object.hasOwn(CALLS_PER_SECOND, method)) return CALLS_PER_SECOND[method]!;
  return method.startsWith('send') ? 50 : 1;
}

/** What `typingTime` of `sendTyping` may be. GREEN-API: SendTyping */
export const TYPING_TIME_MS = { min: 1000, max: 20_000 } as const;

/** GREEN-API posts a webhook again after this pause if the answer was not 200. GREEN-API: Webhook endpoint */
export const WEBHOOK_RESEND_PAUSE_MS = 60_000;
