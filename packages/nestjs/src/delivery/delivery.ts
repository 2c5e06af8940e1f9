import type { Instance } from '../instance/instance.js';
import type { Notification } from '../notification/notification.js';

/** How notifications arrive: fetched from GREEN-API's queue, or posted by GREEN-API to a route. */
export type TransportName = 'polling' | 'webhook';

/** One arrival of one notification. The same notification may arrive more than once. */
export interface Delivery {
  readonly notification: Notification;
  readonly instance: Instance;
  readonly transport: TransportName;
  /** Polling only: names this hand-out towards GREEN-API. */
  readonly receiptId?: string;
  readonly receivedAt: Date;
  /** Set if it does not come from GREEN-API but from a dead letter: the only handler that is to run. */
  readonly redriveOf?: { readonly letterId: string; readonly handler: string };
}
