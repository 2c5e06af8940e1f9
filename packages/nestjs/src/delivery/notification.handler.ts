import type { Delivery } from './delivery.js';

/** Something that handles notifications: what the dispatcher knows of a decorated method. */
export interface NotificationHandler {
  /** Class and method, such as `Inbox.onText`. */
  readonly name: string;
  /** How often it may try; `retry.attempts` if it says nothing. */
  readonly attempts?: number | undefined;
  /** How long a run may take, in milliseconds; `handlerTimeoutMs` if it says nothing. */
  readonly timeoutMs?: number | undefined;
  /** Rejects if the notification was not handled. */
  run(delivery: Delivery, attempt: number, signal: AbortSignal): Promise<unknown>;
}
