export { InMemoryDeadLetterStore } from '../delivery/dead-letter/in-memory-dead-letter.store.js';
export {
  Delivered,
  type DeliverOptions,
  type DeliverUntilSettledOptions,
  NotATestApplicationError,
  NotificationTestBed,
  Settled,
  type TestBedOptions,
} from './bed/notification-test-bed.js';
export type { TestTransaction } from './bed/test.job.js';
export type { CapturedCall, GatewayAnswer, SentMessage } from './bed/fake.gateway.js';
export { replaceTransport } from './bed/replace-transport.js';
export {
  deviceInfo,
  incomingBlock,
  quotaExceeded,
  stateInstanceChanged,
  statusInstanceChanged,
  unknownNotification,
} from './builders/account.builders.js';
export { incomingCall, outgoingCall } from './builders/call.builders.js';
export {
  incomingMessage,
  incomingText,
  outgoingApiMessage,
  outgoingApiText,
  outgoingMessage,
  outgoingMessageStatus,
  outgoingText,
} from './builders/message.builders.js';
export type { InstanceFields, MessageFields } from './builders/builder.types.js';
export type { ContentOf } from './builders/message-content.js';
