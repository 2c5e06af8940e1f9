import type { Instance, TransportName } from '../instance/instance.js';
import type { Outcome } from './outcome.js';

/** What a transport received, before anybody looked at it. */
export interface RawDelivery {
  /** JSON, or a text that is not JSON. */
  readonly body: unknown;
  /** Undefined if it could be that of several instances. */
  readonly instance: Instance | undefined;
  readonly transport: TransportName;
  /** Polling only: names this hand-out towards GREEN-API. */
  readonly receiptId?: string;
  readonly receivedAt: Date;
  /** How long the transport takes, in milliseconds, to deliver again what is to be retried. */
  readonly redeliveryMs: number;
}

/**
 * Where every transport hands in what it received. The transport acknowledges to GREEN-API only
 * what the outcome allows, and delivers again what is to be retried.
 */
export abstract class NotificationIntake {
  /** Resolves when it is known what becomes of it, and never rejects. */
  abstract accept(raw: RawDelivery): Promise<Outcome>;

  /**
   * GREEN-API has confirmed that this one is gone: its DELETE or its POST was answered. What looks
   * the same from now on is another one, if its kind has no id of its own. Never rejects.
   */
  abstract deleted(raw: RawDelivery): Promise<void>;

  /** GREEN-API has nothing more for this instance, so nothing that was delivered comes again. Never rejects. */
  abstract emptied(instance: Instance): Promise<void>;
}
