import type { Instance } from '../../instance/instance.js';
import type { PollerShare } from '../../instance/poller-share.js';
import type { DeadLetterStore } from '../dead-letter/dead-letter.store.js';
import type { Delivery } from '../delivery.js';
import type { ProgressStore } from '../delivery-progress.js';
import type { Outcome } from '../outcome.js';

/**
 * What became of a delivery: it is stored, or its notification was stored before. Otherwise it
 * stays with GREEN-API, and should arrive again in `retryAfterMs` milliseconds.
 */
export type StoreResult = 'stored' | 'duplicate' | { readonly retryAfterMs: number };

/** What the module gives to its inbox. */
export interface InboxHost {
  /** The instance with this id, or undefined if this process does not know it. */
  find(idInstance: string): Instance | undefined;
  /** Gives a stored notification to its handlers. Never rejects. */
  deliver(delivery: Delivery): Promise<Outcome>;
}

/** A lane whose first notification is not done yet, so that those behind it wait. */
export interface BlockedLane {
  readonly idInstance: string;
  /** Missing if the notifications of the lane belong to no chat. */
  readonly chatId?: string;
  /** How many notifications wait behind the first one. */
  readonly waiting: number;
  /** When the first one was stored. */
  readonly since: Date;
  /**
   * `running`: its handlers run now. `retrying`: they failed, and run again at `nextAttemptAt`.
   */
  readonly state: 'running' | 'retrying';
  readonly nextAttemptAt: Date | undefined;
  /** Its handlers that are not done, with the message of the last error. */
  readonly handlers: readonly {
    readonly handler: string;
    readonly attempts: number;
    readonly error: string | undefined;
  }[];
}

/** What waits in the inbox for an instance that this process does not know. */
export interface UnknownInstanceBacklog {
  readonly idInstance: string;
  /** How many notifications wait. */
  readonly waiting: number;
  /** When the one that has waited longest was stored. */
  readonly oldestAt: Date;
}

/** The state of the inbox, in the status of the module. */
export interface InboxStatus {
  /**
   * How many notifications wait for their handlers, as last counted. Only those of instances that
   * this process knows, as in `oldestAt`, `isLate` and `isFull`.
   */
  readonly waiting: number;
  /** When the one that has waited longest was stored. Undefined if none waits. */
  readonly oldestAt: Date | undefined;
  /** Whether a notification has waited longer than the inbox allows. */
  readonly isLate: boolean;
  /** Whether too many notifications wait, so that nothing more is received. */
  readonly isFull: boolean;
  /** How many notifications are being handled by this process. */
  readonly running: number;
  /**
   * What waits for instances that this process does not know, longest first. If no process knows
   * such an instance, add it, or discard what waits with `inbox.discard(idInstance)`.
   */
  readonly unknownInstances: readonly UnknownInstanceBacklog[];
  /** Why the store does not work now. Undefined if it works. */
  readonly failure: string | undefined;
}

/**
 * A durable store between receiving and handling. A notification is acknowledged as soon as it is
 * stored. The inbox hands it to its handlers afterwards, in the order of its lane (`laneOf`), and
 * keeps it until they are done.
 *
 * The module calls these methods in this order: `open`, `start`, `pause`, `stop`, and `start` again
 * or `close`. It starts to receive after `start`, and receives nothing any more when it calls
 * `pause`.
 */
export abstract class Inbox {
  /** What handlers have done so far with notifications that the inbox hands out. */
  abstract readonly progress: ProgressStore;
  /** Used unless the application sets `deadLetters`. */
  abstract readonly deadLetters: DeadLetterStore;
  /** Whether this process receives from GREEN-API. */
  readonly receives: boolean = true;
  /** Shares polled instances with other processes. Undefined: this process polls all of its own. */
  readonly pollers?: PollerShare | undefined;
  abstract readonly status: InboxStatus;

  /**
   * Connects to the store. Called before each `start`, and does nothing if it is connected.
   *
   * @throws an error that says what to do, if the store cannot be used
   */
  abstract open(host: InboxHost): Promise<void>;

  /**
   * Stores a delivery. When it resolves to `stored` or `duplicate`, GREEN-API deletes the
   * notification: it must survive the end of the process. Deliveries of one lane are stored in the
   * order of the calls. Never rejects.
   */
  abstract store(delivery: Delivery): Promise<StoreResult>;

  /** Begins to hand out what is stored. */
  abstract start(): Promise<void>;

  /** Hands out nothing any more. What is being handled goes on. */
  abstract pause(): void;

  /**
   * Writes down what became of the notifications that were handed out. Those that were cut off are
   * ready again when it resolves.
   */
  abstract stop(): Promise<void>;

  /**
   * Resolves when this process handles nothing of an instance any more, or after `timeoutMs`. It was
   * removed, so the host no longer finds it.
   */
  abstract settled(instance: Instance, timeoutMs: number): Promise<void>;

  /** Releases the store. */
  abstract close(): Promise<void>;

  /** The lanes whose first notification is running or failed, longest first. */
  abstract blockedLanes(): Promise<readonly BlockedLane[]>;

  /**
   * Deletes the notifications of an instance that wait and are not being handled. GREEN-API does not
   * deliver them again. Meant for instances that no process knows any more.
   *
   * @returns how many
   */
  abstract discard(idInstance: string): Promise<number>;
}
