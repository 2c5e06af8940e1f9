import type { Idea } from './chaos.ideas.js';
import type { Store } from './chaos.stores.js';

export interface ChaosOptions {
  /** Whole number; it decides on faults, traffic and handlers, though not on what the timing makes of them. */
  readonly seed: number;
  /** How many notifications are issued in all. */
  readonly count: number;
  /** How many instances they are spread over; the even ones poll, the odd ones receive webhooks. */
  readonly instances: number;
  /** What is played beside plain traffic and faults. @default all */
  readonly ideas?: readonly Idea[];
  /** `polling.overlap`. @default 'auto' */
  readonly overlap?: 'auto' | 'never';
  /** Stores notifications before they are handled. @default no inbox */
  readonly inbox?: Store | undefined;
  readonly onProgress?: (progress: ChaosProgress) => void;
}

export interface ChaosProgress {
  readonly issued: number;
  /** Acknowledged, or dropped by GREEN-API. */
  readonly settled: number;
  readonly faults: number;
  readonly restarts: number;
}
