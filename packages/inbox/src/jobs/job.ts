import type { ProgressRecord } from '@green-notifications/nestjs/spi';

/** A notification as the store keeps it. */
export interface StoredNotification {
  readonly idInstance: string;
  readonly transport: 'polling' | 'webhook';
  readonly receiptId?: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly notification: unknown;
}

/** A notification that is to be stored. */
export interface NewJob {
  /** Greater than the id of every earlier job of this process: it decides the order in a lane. */
  readonly id: string;
  readonly lane: string;
  /** The same each time the notification arrives. A second job with it is a duplicate. */
  readonly identity: string;
  readonly stored: StoredNotification;
}

/**
 * What a process holds while it handles a job. It ends when the job is settled, or when the lease
 * runs out and another process takes the job over.
 */
export interface Claim {
  readonly id: string;
  /** How often the job was handed out before. It tells one claim of a job from the next. */
  readonly retryCount: number;
}

/** A job that was handed out to this process. */
export interface ClaimedJob extends Claim {
  readonly stored: StoredNotification;
}

/** The result of work that a handler must not do again, as JSON. */
export interface RememberedResult {
  readonly handler: string;
  readonly name: string;
  readonly result: string;
}

/** What is known of earlier attempts. */
export interface JobHistory {
  /** What the handlers had done when the job was last put back. */
  readonly progress: ProgressRecord | undefined;
  /** Handlers that have succeeded since then. */
  readonly succeeded: readonly string[];
  /** The results of work that must not be done again. */
  readonly remembered: readonly RememberedResult[];
  /** How many times it was handed out when it was last put back. */
  readonly handOuts: number;
}

/** What becomes of a job: it is done, or it waits for another attempt. */
export type Settlement =
  | { readonly claim: Claim; readonly isDone: true }
  | {
      readonly claim: Claim;
      readonly isDone: false;
      readonly retryAfterMs: number;
      /** Undefined keeps what is known. */
      readonly progress: ProgressRecord | undefined;
    };
