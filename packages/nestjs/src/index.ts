export { GreenNotificationsError } from './common/green-notifications.error.js';

export { chatIdOf } from './notification/chat-id-of.js';
export { errorMarkerOf } from './notification/error-marker-of.js';
export { type AttachedFile, fileOf } from './notification/file-of.js';
export { idInstanceOf } from './notification/id-instance-of.js';
export { idMessageOf } from './notification/id-message-of.js';
export { isGroup } from './notification/is-group.js';
export { isMessage } from './notification/is-message.js';
export { isNotification } from './notification/is-notification.js';
export { isNotificationBody } from './notification/is-notification-body.js';
export { isUnknownMessage } from './notification/is-unknown-message.js';
export { isUnknownNotification } from './notification/is-unknown-notification.js';
export type {
  CallParticipant,
  IncomingCall,
  OutgoingCall,
} from './notification/kind/call.notification.js';
export type {
  AvatarInfo,
  DeviceData,
  DeviceInfo,
} from './notification/kind/device-info.notification.js';
export type { IncomingBlock } from './notification/kind/incoming-block.notification.js';
export type {
  IncomingMessage,
  Message,
  OutgoingApiMessage,
  OutgoingMessage,
} from './notification/kind/message.notification.js';
export type {
  MessageStatus,
  OutgoingMessageStatus,
} from './notification/kind/outgoing-message-status.notification.js';
export type { QuotaData, QuotaExceeded } from './notification/kind/quota-exceeded.notification.js';
export type {
  StateInstance,
  StateInstanceChanged,
} from './notification/kind/state-instance-changed.notification.js';
export type {
  StatusInstance,
  StatusInstanceChanged,
} from './notification/kind/status-instance-changed.notification.js';
export type {
  UnknownNotification,
  UnknownNotificationKind,
} from './notification/kind/unknown.notification.js';
export type { InstanceData, TypeInstance } from './notification/common/instance-data.payload.js';
export type { ChatType, SenderData } from './notification/common/sender-data.payload.js';
export type {
  AnyMessageType,
  MessageData,
  MessageDataByType,
  MessageType,
} from './notification/message/message-data.js';
export type { QuotedMessage } from './notification/message/quoted-message.js';
export type {
  UnknownMessageData,
  UnknownMessageType,
} from './notification/message/unknown-message.payload.js';
export { laneOf } from './notification/lane-of.js';
export { type Messenger, messengerOf } from './notification/messenger-of.js';
export { notificationKey } from './notification/notification-key.js';
export type {
  Notification,
  NotificationByKind,
  NotificationKind,
  NotificationOf,
} from './notification/notification.js';
export { quotaOf } from './notification/quota-of.js';
export { quotedOf } from './notification/quoted-of.js';
export { type Sender as MessageSender, senderOf } from './notification/sender-of.js';
export { textOf } from './notification/text-of.js';
export { typeMessageOf } from './notification/type-message-of.js';

export { BrokenNotificationError } from './gateway/errors/broken-notification.error.js';
export { GreenApiForbiddenError } from './gateway/errors/forbidden.error.js';
export { GreenApiError, type Recovery } from './gateway/errors/green-api.error.js';
export { InstanceNotAuthorizedError } from './gateway/errors/instance-not-authorized.error.js';
export { InstanceStartingError } from './gateway/errors/instance-starting.error.js';
export { InstanceUnavailableError } from './gateway/errors/instance-unavailable.error.js';
export { GreenApiNetworkError } from './gateway/errors/network.error.js';
export { GreenApiProtocolError } from './gateway/errors/protocol.error.js';
export { QuotaExceededError } from './gateway/errors/quota-exceeded.error.js';
export { RateLimitedError } from './gateway/errors/rate-limited.error.js';
export { GreenApiRequestRefusedError } from './gateway/errors/request-refused.error.js';
export { GreenApiServerError } from './gateway/errors/server.error.js';
export { GreenApiUnauthorizedError } from './gateway/errors/unauthorized.error.js';
export { UndeletedHeadError } from './gateway/errors/undeleted-head.error.js';
export { WebhookUrlSetError } from './gateway/errors/webhook-url-set.error.js';
export { GreenApiClient } from './gateway/green-api.client.js';
export type { InstanceSettings, YesNo } from './gateway/instance-settings.js';
export type { MessageToSend } from './gateway/message-to-send.js';
export type { QueueClearing } from './gateway/queue-clearing.js';

export { DuplicateInstanceError } from './instance/duplicate-instance.error.js';
export type { Instance, TransportName } from './instance/instance.js';

export type {
  DeadLetter,
  UnhandledLetter,
  UnreadableLetter,
} from './delivery/dead-letter/dead-letter.js';
export type { DeadLetterStore } from './delivery/dead-letter/dead-letter.store.js';
export {
  DeadLetterFileChangedError,
  DeadLetterFileDamagedError,
  DeadLetterFileInUseError,
} from './delivery/dead-letter/dead-letter-file.errors.js';
export { DeadLetterStoreUnusableError } from './delivery/dead-letter/dead-letter-store-unusable.error.js';
export type { DeadLetters } from './delivery/dead-letter/dead-letters.js';
export type { ErrorRecord } from './delivery/dead-letter/error.record.js';
export { FileDeadLetterStore } from './delivery/dead-letter/file-dead-letter.store.js';
export { InMemoryDeadLetterStore } from './delivery/dead-letter/in-memory-dead-letter.store.js';
export { NoDeadLetterStoreError } from './delivery/dead-letter/no-dead-letter-store.error.js';
export { RedriveError } from './delivery/dead-letter/redrive.error.js';
export type { DeduplicationStore } from './delivery/deduplication/deduplication.store.js';
export { InMemoryDeduplicationStore } from './delivery/deduplication/in-memory-deduplication.store.js';
export type { Delivery } from './delivery/delivery.js';
export type { DeliveryCounts } from './delivery/delivery.counter.js';
export { HandlerTimeoutError } from './delivery/handler-timeout.error.js';
export type {
  Acknowledged,
  DeadLettered,
  DeliveryOutcome,
  HandlerRun,
  Outcome,
  ToRetry,
} from './delivery/outcome.js';
export { Reject } from './delivery/reject.error.js';
export { RetryAfter } from './delivery/retry-after.error.js';

export { OnDeadLetter } from './handler/decorators/on-dead-letter.decorator.js';
export { OnNotification } from './handler/decorators/on-notification.decorator.js';
export { ChatId, Ctx, Payload, Sender, Text } from './handler/decorators/parameter.decorators.js';
export type { EnhancerKind } from './handler/enhancers/enhancer-kind.js';
export {
  DeadLetterListenerRefusedError,
  EnhancerNotCreatedError,
  HandlerOnControllerError,
  InvalidHandlerOptionError,
  NoChatError,
  NotAHandlerMethodError,
  UnknownFilterKeyError,
  UnknownInstanceError,
} from './handler/handler.errors.js';
export type { HandlerOptions } from './handler/handler.options.js';
export { NotificationContext } from './handler/notification.context.js';
export { NotificationExecutionContext } from './handler/notification-execution.context.js';
export type { NotificationFilter } from './handler/notification.filter.js';

export type { LastAnswer, ReceivingFailure, ReceivingHealth } from './transport/transport.js';
export { SchedulerMissingError } from './transport/polling/scheduler-missing.error.js';
export { ClassEnhancerError } from './transport/webhook/class-enhancer.error.js';
export { NestTooOldError } from './transport/webhook/nest-too-old.error.js';
export {
  GREEN_API_TELEGRAM_AND_MAX_SENDERS,
  GREEN_API_WHATSAPP_SENDERS,
  GREEN_API_WHATSAPP_SENDERS_2022,
  GREEN_API_WHATSAPP_SENDERS_2023,
} from './transport/webhook/sender-addresses.js';
export { WebhookWithoutServerError } from './transport/webhook/webhook-without-server.error.js';

export { AlreadyStartedError, ApplicationClosedError } from './module/start-stop.errors.js';
export { DuplicateRegistrationError } from './module/duplicate-registration.error.js';
export { GreenNotificationsModule } from './module/green-notifications.module.js';
export type { GreenNotificationsOptionsFactory } from './module/green-notifications.module-definition.js';
export type {
  GreenNotificationsModuleOptions,
  InstanceModuleOptions,
} from './module/green-notifications-module.options.js';
export { GreenNotifications } from './module/green-notifications.service.js';
export type {
  GreenNotificationsStatus,
  InstanceStatus,
  RunState,
} from './module/green-notifications.status.js';
export { InvalidOptionsError } from './module/invalid-options.error.js';
export { NoHandlersError } from './module/no-handlers.error.js';
