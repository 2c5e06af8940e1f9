/**
 * The ports of this library, for packages that extend it: an inbox, another transport, spans and
 * metrics. Applications do not need them. A port may change in a minor version; the release notes
 * name each change.
 *
 * `docs/architecture.md` of the repository describes each port and the road of a notification.
 *
 * @packageDocumentation
 */
export { Cancellation } from '../common/cancellation.js';
export { orAborted } from '../common/waits.js';

export { laneOf } from '../notification/lane-of.js';
export { deliveryKey } from '../notification/notification-key.js';

export { InstanceRegistry } from '../instance/instance.registry.js';
export type { Pollers, PollerShare } from '../instance/poller-share.js';

export { deliverUntilSettled } from '../delivery/deliver-until-settled.js';
export {
  DeliveryProgress,
  type HandlerProgress,
  InMemoryProgressStore,
  ProgressStore,
} from '../delivery/delivery-progress.js';
export {
  type BlockedLane,
  Inbox,
  type InboxHost,
  type InboxStatus,
  type StoreResult,
} from '../delivery/inbox/inbox.js';
export type { InboxJob } from '../delivery/inbox/inbox-job.js';
export { IntakeInterceptor, RunInterceptor, type StartingRun } from '../delivery/interceptors.js';
export type { NotificationHandler, RunCancellation } from '../delivery/notification.handler.js';
export { NotificationIntake, type RawDelivery } from '../delivery/notification.intake.js';
export {
  progressOfRecord,
  type ProgressRecord,
  recordOfProgress,
} from '../delivery/progress-record.js';
export { RememberedResults } from '../delivery/remembered-results.js';

export { Transport } from '../transport/transport.js';
