/** Whether notifications are being received. */
export type RunState = 'stopped' | 'starting' | 'running' | 'stopping';

/** What happened since the application started. */
export interface DeliveryCounts {
  /** Deliveries that arrived; one notification may arrive several times. */
  readonly received: number;
  readonly acknowledged: number;
  /** Attempts after which the notification was kept. */
  readonly retried: number;
  readonly deadLettered: number;
  /** Deliveries whose handlers are running now. */
  readonly inFlight: number;
  /** Notifications whose attempts are used up and that could not be put away; they need a person. */
  readonly stuck: number;
  readonly lastReceivedAt: Date | undefined;
}

/** How one instance is doing. */
export interface InstanceStatus extends DeliveryCounts {
  readonly name: string;
  readonly idInstance: string;
  readonly state: RunState;
}

/** How the receiving is doing, all together and for each instance. */
export interface GreenNotificationsStatus extends DeliveryCounts {
  readonly state: RunState;
  readonly instances: readonly InstanceStatus[];
}
