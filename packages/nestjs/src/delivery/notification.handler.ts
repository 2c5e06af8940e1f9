import type { Delivery } from './delivery.js';
import type { HandlerProgress } from './delivery-progress.js';

/** Tells a run that its result is no longer awaited. */
export interface RunCancellation {
  /** Fires then. It is created when it is first read. */
  readonly signal: AbortSignal;
}

/** What a run may leave for the next attempts of its handler at the same notification. */
export type RunMemory = Pick<HandlerProgress, 'remembered'>;

/** Something that handles notifications. For the dispatcher, each decorated method is one. */
export interface NotificationHandler {
  /** Class and method, such as `Inbox.onText`. Different for each handler. */
  readonly name: string;
  /** How many attempts it has. Default: `retry.attempts`. */
  readonly attempts?: number | undefined;
  /** How long a run may take, in milliseconds. Default: `handlerTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Whether it has to handle this delivery. If this throws, it counts as a failed run. */
  matches(delivery: Delivery): boolean;
  /** Rejects if the notification was not handled. */
  run(
    delivery: Delivery,
    attempt: number,
    cancellation: RunCancellation,
    memory: RunMemory,
  ): Promise<unknown>;
}

/** Gives the dispatcher the handlers of the application. */
export abstract class HandlerSource {
  abstract readonly handlers: readonly NotificationHandler[];
}
