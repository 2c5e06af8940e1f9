import type { Delivery } from './delivery.js';

/** Something that handles notifications: what the dispatcher knows of a decorated method. */
export interface NotificationHandler {
  /** Class and method, such as `Inbox.onText`; no two handlers have the same. */
  readonly name: string;
  /** How often it may try; `retry.attempts` if it says nothing. */
  readonly attempts?: number | undefined;
  /** How long a run may take, in milliseconds; `handlerTimeoutMs` if it says nothing. */
  readonly timeoutMs?: number | undefined;
  /** Whether it is for this delivery. What this throws counts as a failed run. */
  matches(delivery: Delivery): boolean;
  /** Rejects if the notification was not handled. */
  run(delivery: Delivery, attempt: number, signal: AbortSignal): Promise<unknown>;
}

/** Where the dispatcher finds the handlers of the application. */
export abstract class HandlerSource {
  abstract readonly handlers: readonly NotificationHandler[];
}
