import type { RememberedResults } from './remembered-results.js';
import type { Delivery } from './delivery.js';

/*
 * The outcomes of deliveries. Who decides which:
 *
 * - `DeliveryAttempt`: success, retry or dead letter, if handlers have to handle the notification.
 * - `DeliveryDispatcher`: `duplicate` and `unhandled`.
 * - `NotificationReader`: what becomes of an unreadable body.
 * - `InboxIntake`: `stored`, and `duplicate` if it was stored before.
 *
 * Each of them, and `NotificationStream`, decides `retry` if it cannot finish. The transports turn
 * an outcome into a DELETE or an HTTP status.
 */

/** When the transport should deliver again if the intake failed, in milliseconds. */
export const INTAKE_RETRY_MS = 60_000;

/** One run of one handler. */
export interface HandlerRun {
  /** Class and method, such as `Inbox.onText`. */
  readonly handler: string;
  /** The number of this handler's attempt at this notification, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  /** The result of the handler, if it succeeded. */
  readonly result?: unknown;
  /** The error of the handler. This key exists only if the handler failed. */
  readonly error?: unknown;
}

/** A handler that gave up, and why. */
export interface FailedHandler {
  readonly handler: string;
  readonly attempts: number;
  readonly error: unknown;
  readonly remembered: RememberedResults | undefined;
}

export function failed(run: HandlerRun): boolean {
  return 'error' in run;
}

interface AnyOutcome {
  /** The runs of this attempt. Empty if nothing ran, or if the delivery joined another one. */
  readonly runs: readonly HandlerRun[];
  /**
   * Set if the same notification was already being handled. This is the outcome of that attempt.
   */
  readonly joined?: true;
}

/**
 * The notification is done. Polling deletes it. A webhook is answered 200, or 400 if the reason is
 * `unreadable`.
 */
export interface Acknowledged extends AnyOutcome {
  readonly result: 'acknowledged';
  /**
   * `handled`: every handler succeeded. `unhandled`: no handler matched. `duplicate`: it was
   * already done. `unreadable`: it is not a notification, or could belong to several instances, and
   * there is no dead letter store. Polling deletes it so that the queue goes on. A webhook is
   * answered 400, so GREEN-API posts it again. `stored`: it is in the inbox, and its handlers run
   * later.
   */
  readonly reason: 'handled' | 'unhandled' | 'duplicate' | 'unreadable' | 'stored';
}

/** The notification is not done. GREEN-API keeps it, and the handlers that failed run again. */
export interface ToRetry extends AnyOutcome {
  readonly result: 'retry';
  /** When to deliver it again, in milliseconds from now. */
  readonly retryAfterMs: number;
  /** Set if the attempts are used up, and there is no dead letter store or it failed. */
  readonly isStuck?: true;
  /**
   * Set if a stop, or the removal of the instance, cut the handlers off. This says nothing about
   * them.
   */
  readonly isCutOff?: true;
  /** Set if the inbox is full or its store does not work. A webhook is answered 503. */
  readonly isUnavailable?: true;
}

/**
 * The notification, or the unreadable body, is stored as a dead letter. The transport acknowledges
 * it.
 */
export interface DeadLettered extends AnyOutcome {
  readonly result: 'dead-lettered';
}

/** The result of a delivery. */
export type Outcome = Acknowledged | ToRetry | DeadLettered;

/** An outcome together with its delivery, as applications observe it. */
export interface DeliveryOutcome {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
}
