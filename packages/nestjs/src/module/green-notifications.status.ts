import type { DeliveryCounts } from '../delivery/delivery.counter.js';
import type { InboxStatus } from '../delivery/inbox/inbox.js';
import type { TransportName } from '../instance/instance.js';
import type { ReceivingHealth } from '../transport/transport.js';

/** Whether the module receives notifications. */
export type RunState = 'stopped' | 'starting' | 'running' | 'stopping';

/** The status of one instance. */
export interface InstanceStatus extends DeliveryCounts, ReceivingHealth {
  readonly name: string;
  readonly idInstance: string;
  readonly transport: TransportName;
  readonly state: RunState;
}

/** The status of receiving: in total and for each instance. */
export interface GreenNotificationsStatus extends DeliveryCounts {
  readonly state: RunState;
  /**
   * How many webhooks were refused, by reason, such as `token` or `address`. Reasons without a
   * refusal are missing.
   */
  readonly refusedWebhooks: Readonly<Record<string, number>>;
  /** Only with the option `inbox`. */
  readonly inbox?: InboxStatus;
  readonly instances: readonly InstanceStatus[];
}
