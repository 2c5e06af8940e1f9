import type { Delivery } from './delivery.js';

/** One run of one handler. */
export interface HandlerRun {
  /** Class and method, such as `Inbox.onText`. */
  readonly handler: string;
  /** Which attempt of this handler at this notification it was, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  /** What the handler resolved to, if it succeeded. */
  readonly result?: unknown;
  /** What it failed with; the key is there only if it failed. */
  readonly error?: unknown;
}

/** A handler that gave up, and why. */
export interface FailedHandler {
  readonly handler: string;
  readonly attempts: number;
  readonly error: unknown;
}

export function failed(run: HandlerRun): boolean {
  return 'error' in run;
}

interface AnyOutcome {
  /** The runs of this attempt; none if nothing ran, or if it joined an attempt under way. */
  readonly runs: readonly HandlerRun[];
  /** Set if the same notification was being handled already, and this is what became of that. */
  readonly joined?: true;
}

/** Done with: the transport tells GREEN-API so, by DELETE or by 200. */
export interface Acknowledged extends AnyOutcome {
  readonly result: 'acknowledged';
  /**
   * `handled`: every handler succeeded. `unhandled`: none matched. `duplicate`: it was done with
   * before. `unreadable`: it is not a notification, and there are no dead letters to keep it in;
   * polling deletes it so that the queue goes on, a webhook is answered 400.
   */
  readonly reason: 'handled' | 'unhandled' | 'duplicate' | 'unreadable';
}

/** Not done with: GREEN-API keeps it, and the handlers that failed run again. */
export interface ToRetry extends AnyOutcome {
  readonly result: 'retry';
  readonly retryAfterMs: number;
  /** Set if the attempts are used up, and there is no dead letter store or it failed. */
  readonly isStuck?: true;
}

/** Given up on and kept as a dead letter; the transport acknowledges it. */
export interface DeadLettered extends AnyOutcome {
  readonly result: 'dead-lettered';
}

/** What became of a delivery. */
export type Outcome = Acknowledged | ToRetry | DeadLettered;

/** An outcome together with its delivery, as applications observe it. */
export interface DeliveryOutcome {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
}
