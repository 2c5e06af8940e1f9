import type { Instance, TransportName } from '../instance/instance.js';
import type { Notification } from '../notification/notification.js';
import type { InboxJob } from './inbox/inbox-job.js';

/** One arrival of one notification. The same notification may arrive more than once. */
export interface Delivery {
  /**
   * The identity of the notification, the same each time it arrives. Like `notificationKey`, but
   * always with the instance that delivered it.
   */
  readonly key: string;
  readonly notification: Notification;
  readonly instance: Instance;
  readonly transport: TransportName;
  /** Polling only: GREEN-API's receipt of this delivery. */
  readonly receiptId?: string;
  readonly receivedAt: Date;
  /** How long GREEN-API waits before it delivers again, in milliseconds; 0 if the module decides. */
  readonly redeliveryMs: number;
  /**
   * Set if this is the redrive of a dead letter, not a delivery from GREEN-API. Only this handler
   * runs.
   */
  readonly redriveOf?: {
    readonly letterId: string;
    readonly handler: string;
    /** What the handler must not do again. */
    readonly remembered?: Readonly<Record<string, string>>;
  };
  /** Set if the inbox hands it out, or if its handlers can use a transaction all the same. */
  readonly job?: InboxJob;
}
