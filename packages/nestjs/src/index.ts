export { GreenNotificationsError } from './common/green-notifications.error.js';

export type {
  ChatType,
  InstanceData,
  SenderData,
  TypeInstance,
} from './notification/common/shared.payloads.js';
export type { OpenString } from './notification/common/open-string.type.js';
export { errorMarkerOf } from './notification/error-marker.js';
export { type AttachedFile, fileOf } from './notification/file-of.js';
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
export {
  isNotification,
  isNotificationBody,
  isUnknownNotification,
} from './notification/kind.guards.js';
export type {
  AnyMessageType,
  MessageData,
  MessageDataByType,
  MessageType,
} from './notification/message/message-data.js';
export type {
  UnknownMessageData,
  UnknownMessageType,
} from './notification/message/message-type.js';
export type { QuotedMessage } from './notification/message/quoted-message.js';
export { isMessage, isUnknownMessage } from './notification/message.guards.js';
export {
  chatIdOf,
  idInstanceOf,
  idMessageOf,
  isGroup,
  type Messenger,
  messengerOf,
  quotaOf,
  typeMessageOf,
} from './notification/notification.accessors.js';
export type {
  Notification,
  NotificationByKind,
  NotificationKind,
  NotificationOf,
} from './notification/notification.js';
export { notificationKey } from './notification/notification-key.js';
export { quotedOf } from './notification/quoted-of.js';
export { type Sender as MessageSender, senderOf } from './notification/sender-of.js';
export { textOf } from './notification/text-of.js';

export type { DownloadableFile, DownloadOptions } from './gateway/download/download.js';
export {
  DownloadError,
  DownloadFailedError,
  DownloadStalledError,
  FileTooLargeError,
  ForbiddenAddressError,
  NoDownloadUrlError,
} from './gateway/download/download.errors.js';
export type { GreenApiClient } from './gateway/green-api.client.js';
export { type FileContent, fileToSend } from './gateway/file-to-send.js';
export {
  BrokenNotificationError,
  GreenApiError,
  type GreenApiFailure,
  GreenApiForbiddenError,
  GreenApiNetworkError,
  GreenApiProtocolError,
  GreenApiRequestRefusedError,
  GreenApiServerError,
  GreenApiUnauthorizedError,
  InstanceNotAuthorizedError,
  InstanceStartingError,
  InstanceUnavailableError,
  QuotaExceededError,
  RateLimitedError,
  type Recovery,
  TooManyCallsError,
  WebhookUrlSetError,
} from './gateway/green-api.errors.js';
export type {
  CheckAccountAnswer,
  CheckWhatsappAnswer,
  ContactInfo,
  FileAnswer,
  ForwardedAnswer,
  JournalMessage,
  ReadChatAnswer,
  SentAnswer,
  UploadAnswer,
} from './gateway/green-api.answers.js';
export type {
  GreenApiMethods,
  MethodCallOptions,
  OtherMethod,
} from './gateway/green-api.methods.js';
export type {
  CheckAccountRequest,
  CheckWhatsappRequest,
  ContactByChat,
  ContactByPhone,
  CustomPreview,
  DeleteMessageRequest,
  EditMessageRequest,
  FileMessage,
  ForwardMessagesRequest,
  GetChatHistoryRequest,
  GetContactInfoRequest,
  OpenFields,
  ReadChatRequest,
  SendContactRequest,
  SendFileByUploadRequest,
  SendFileByUrlRequest,
  SendLocationRequest,
  SendMessageRequest,
  SendPollRequest,
  SendReactionRequest,
  SendTypingRequest,
} from './gateway/green-api.requests.js';
export type {
  Deletion,
  InstanceSettings,
  MessageToSend,
  QueueClearing,
  ReceivedNotification,
  YesNo,
} from './gateway/green-api.types.js';

export type { Instance, TransportName } from './instance/instance.js';
export { DuplicateInstanceError, InstanceNotFoundError } from './instance/instance.registry.js';
export type { Pollers, PollerShare } from './instance/poller-share.js';

export type {
  DeadLetter,
  ErrorRecord,
  UnhandledLetter,
  UnreadableLetter,
} from './delivery/dead-letter/dead-letter.js';
export {
  DeadLetterFileChangedError,
  DeadLetterFileDamagedError,
  DeadLetterFileInUseError,
  DeadLetterFileUnsafeError,
  DeadLetterStoreUnusableError,
  NoDeadLetterStoreError,
  RedriveError,
} from './delivery/dead-letter/dead-letter.errors.js';
export type { DeadLetterStore } from './delivery/dead-letter/dead-letter.store.js';
export type { DeadLetters } from './delivery/dead-letter/dead-letters.js';
export { FileDeadLetterStore } from './delivery/dead-letter/file-dead-letter.store.js';
export type {
  FailedRedrive,
  RedriveAllOptions,
  RedriveReport,
} from './delivery/dead-letter/redrive-report.js';
export {
  type DeduplicationStore,
  InMemoryDeduplicationStore,
} from './delivery/deduplication/deduplication.store.js';
export type { DeliveryCounts } from './delivery/delivery.counter.js';
export { HandlerTimeoutError, Reject, RetryAfter } from './delivery/delivery.errors.js';
export { ResultNotRememberedError } from './delivery/remembered-results.js';
export type { Delivery } from './delivery/delivery.js';
export type {
  BlockedLane,
  Inbox,
  InboxHost,
  InboxStatus,
  StoreResult,
} from './delivery/inbox/inbox.js';
export type { InboxJob } from './delivery/inbox/inbox-job.js';
export type {
  Acknowledged,
  DeadLettered,
  DeliveryOutcome,
  HandlerRun,
  Outcome,
  ToRetry,
} from './delivery/outcome.js';

export { OnDeadLetter } from './handler/decorators/on-dead-letter.decorator.js';
export { OnNotification } from './handler/decorators/on-notification.decorator.js';
export { ChatId, Ctx, Payload, Sender, Text } from './handler/parameters/parameter.decorators.js';
export type { EnhancerKind } from './handler/enhancers/watched.enhancers.js';
export type { HandlerOptions } from './handler/handler.definition.js';
export {
  DeadLetterListenerRefusedError,
  EnhancerNotCreatedError,
  HandlerOnControllerError,
  InvalidHandlerOptionError,
  InvalidReplyError,
  NoChatError,
  NoInboxError,
  NotAHandlerMethodError,
  UnknownFilterKeyError,
  UnknownInstanceError,
} from './handler/handler.errors.js';
export { NotificationContext } from './handler/notification.context.js';
export type {
  ContactReply,
  FileReply,
  LocationReply,
  PollReply,
  ReplyContent,
  ReplyOptions,
  TextReply,
} from './handler/reply.js';
export type { NotificationFilter } from './handler/notification.filter.js';
export { NotificationExecutionContext } from './handler/invocation/notification-execution.context.js';

export { SchedulerMissingError } from './transport/polling/polling-schedule.js';
export type { LastAnswer, ReceivingFailure, ReceivingHealth } from './transport/transport.js';
export {
  GREEN_API_TELEGRAM_AND_MAX_SENDERS,
  GREEN_API_WHATSAPP_SENDERS,
} from './transport/webhook/gate/sender-addresses.js';
export {
  ClassEnhancerError,
  NestTooOldError,
  WebhookWithoutServerError,
} from './transport/webhook/webhook.errors.js';

export { GreenNotificationsModule } from './module/green-notifications.module.js';
export type {
  GreenNotificationsModuleAsyncOptions,
  GreenNotificationsOptionsFactory,
} from './module/green-notifications.module-definition.js';
export { GreenNotifications } from './module/green-notifications.service.js';
export type {
  GreenNotificationsStatus,
  InstanceStatus,
  RunState,
} from './module/green-notifications.status.js';
export type { GreenNotificationsModuleOptions } from './module/green-notifications-module.options.js';
export type { InstanceModuleOptions } from './module/instance-module.options.js';
export { InjectGreenApi } from './module/inject-green-api.decorator.js';
export type { InstanceSource } from './module/instance-source/instance-source.js';
export {
  AlreadyStartedError,
  ApplicationClosedError,
  DuplicateRegistrationError,
  InvalidOptionsError,
  NoHandlersError,
} from './module/module.errors.js';
