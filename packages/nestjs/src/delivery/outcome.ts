import type { Delivery } from './delivery.js';
import type { HandlerRun } from './handler-run.js';

/** Done with: the transport tells GREEN-API so, by DELETE or by 200. */
export interface Acknowledged {
  readonly result: 'acknowledged';
  /** The runs of this attempt; none if no handler matched, or if it is a duplicate. */
  readonly runs: readonly HandlerRun[];
}

/** Not done with: GREEN-API keeps it, and the handlers that failed run again. */
export interface ToRetry {
  readonly result: 'retry';
  readonly retryAfterMs: number;
  /** Set if the attempts are used up, and there is no dead letter store or it failed. */
  readonly isStuck?: true;
  readonly runs: readonly HandlerRun[];
}

/** Given up on and kept as a dead letter; the transport acknowledges it. */
export interface DeadLettered {
  readonly result: 'dead-lettered';
  readonly runs: readonly HandlerRun[];
}

/** What became of a delivery. */
export type Outcome = Acknowledged | ToRetry | DeadLettered;

/** An outcome together with its delivery, as applications observe it. */
export interface DeliveryOutcome {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
}
