import type { Instance, TransportName } from '../instance/instance.js';
import type { Notification } from '../notification/notification.js';

/** One arrival of one notification. The same notification may arrive more than once. */
export interface Delivery {
  /** The identity of the notification: the same whenever it arrives again, and no other's. */
  readonly key: string;
  readonly notification: Notification;
  readonly instance: Instance;
  readonly transport: TransportName;
  /** Polling only: names this hand-out towards GREEN-API. */
  readonly receiptId?: string;
  readonly receivedAt: Date;
  /** How long the transport takes, in milliseconds, to deliver again what is to be retried. */
  readonly redeliveryMs: number;
  /** Set if it does not come from GREEN-API but from a dead letter: the only handler that is to run. */
  readonly redriveOf?: { readonly letterId: string; readonly handler: string };
}
