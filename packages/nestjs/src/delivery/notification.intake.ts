import type { Instance, TransportName } from '../instance/instance.js';
import type { Outcome } from './outcome.js';

/** What a transport received, not validated yet. */
export interface RawDelivery {
  /** A JSON value, or a text that is not JSON. */
  readonly body: unknown;
  /** Undefined if the body could belong to several instances. */
  readonly instance: Instance | undefined;
  readonly transport: TransportName;
  /** Polling only: GREEN-API's receipt of this delivery. */
  readonly receiptId?: string;
  readonly receivedAt: Date;
  /** How long GREEN-API waits before it delivers again, in milliseconds; 0 if the module decides. */
  readonly redeliveryMs: number;
}

/**
 * Every transport gives what it received to the intake. The outcome tells the transport what to do:
 * acknowledge the notification to GREEN-API, or deliver it again.
 */
export abstract class NotificationIntake {
  /** Resolves when the outcome is known. Never rejects. */
  abstract accept(raw: RawDelivery): Promise<Outcome>;

  /**
   * The transport calls it when the notification is gone. Polling calls it after GREEN-API has
   * answered the DELETE, a webhook when its POST is answered 200. From now on, an equal body of a
   * kind without an id is another notification. Never rejects.
   */
  abstract deleted(raw: RawDelivery): Promise<void>;

  /**
   * The transport calls it when GREEN-API's queue is empty for this instance: no earlier delivery
   * arrives again. Never rejects.
   */
  abstract emptied(instance: Instance): Promise<void>;
}
