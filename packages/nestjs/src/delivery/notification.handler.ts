import type { Delivery } from './delivery.js';

/** Something that handles notifications: what the dispatcher knows of a decorated method. */
export interface NotificationHandler {
  /** Class and method, such as `Inbox.onText`, for people to read. */
  readonly name: string;
  /** Rejects if the notification was not handled. */
  run(delivery: Delivery, attempt: number, signal: AbortSignal): Promise<unknown>;
}
