import type { DeliveryCounts } from '../delivery/delivery.counter.js';
import type { TransportName } from '../instance/instance.js';
import type { ReceivingHealth } from '../transport/transport.js';

/** Whether notifications are being received. */
export type RunState = 'stopped' | 'starting' | 'running' | 'stopping';

/** How one instance is doing. */
export interface InstanceStatus extends DeliveryCounts, ReceivingHealth {
  readonly name: string;
  readonly idInstance: string;
  readonly transport: TransportName;
  readonly state: RunState;
}

/** How the receiving is doing, all together and for each instance. */
export interface GreenNotificationsStatus extends DeliveryCounts {
  readonly state: RunState;
  readonly instances: readonly InstanceStatus[];
}
