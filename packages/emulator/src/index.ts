export { startEmulator } from './start.emulator.js';
export type { Emulator } from './emulator.js';
export type {
  EmulatorOptions,
  InstanceOptions,
  RefusedWebhook,
  WebhookSenderOptions,
} from './options/emulator.options.js';
export type { UndocumentedOptions } from './options/undocumented.options.js';

export type { Clock, ClockTimer } from './clock/clock.js';
export { SystemClock } from './clock/system.clock.js';
export { ManualClock } from './clock/manual.clock.js';

export type { EmulatedInstance } from './instance/emulated.instance.js';
export type { InstanceSettings } from './instance/instance.settings.js';

export type { Departure, HandOut, PublishedEntry } from './ledger/published.entry.js';
export type { Ledger } from './ledger/ledger.js';
export type { RequestLog, RequestQuery, RequestRecord } from './ledger/request.log.js';

export type {
  InstanceIdentity,
  MessageData,
  MessageEnvelope,
  NotificationObject,
  RecordedCall,
  SentMessage,
  StateInstance,
  TypeInstance,
} from './notification/notification.types.js';
export type { NotificationBuilder } from './notification/notification.builder.js';
export { catalogue, type CatalogueItem } from './notification/catalogue.js';
export { messages } from './notification/messages/messages.js';
export { notificationMix, type NotificationMixOptions } from './notification/notification-mix.js';

export type { Answer } from './http/answers.js';
export type { HttpExchange } from './http/http.exchange.js';
export type { WebhookHeaders } from './webhook/webhook.client.js';
export type { PostChanges, WebhookExchange } from './webhook/webhook.exchange.js';

export type {
  FaultMatch,
  FaultMoment,
  HttpFault,
  HttpFaultMatch,
  WebhookFault,
} from './faults/fault.types.js';
export type { FaultRegistry } from './faults/fault.registry.js';
export type { PlannedFault } from './faults/planned.fault.js';
export {
  answerWith,
  apiError,
  type FaultAnswer,
  malformedBody,
  proxyPage,
  tokenEcho,
  tooManyRequests,
} from './faults/answer.faults.js';
export {
  blackHole,
  closedAfterAnswer,
  connectionReset,
  delay,
  drippedBody,
  truncatedBody,
} from './faults/connection.faults.js';
export { duplicateDelivery, staleHead } from './faults/queue.faults.js';
export {
  extraHeaders,
  hangUp,
  sentAgainLater,
  sentTwice,
  slowBody,
  slowHeaders,
} from './faults/webhook.faults.js';
