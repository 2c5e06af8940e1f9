export { startEmulator } from './start.emulator.js';
export type { Emulator } from './emulator.js';
export type { EmulatorOptions } from './options/emulator.options.js';
export type { InstanceOptions } from './options/instance.options.js';
export type { UndocumentedOptions } from './options/undocumented.options.js';
export type { WebhookSenderOptions } from './options/webhook-sender.options.js';

export type { Clock, ClockTimer } from './clock/clock.js';
export { SystemClock } from './clock/system.clock.js';
export { ManualClock } from './clock/manual.clock.js';

export type { EmulatedInstance } from './instance/emulated.instance.js';
export type { InstanceSettings } from './instance/instance.settings.js';
export type { SentMessage } from './instance/sent.message.js';
export type { StateInstance } from './instance/state-instance.js';

export type { HandOut } from './ledger/hand-out.js';
export type { Ledger } from './ledger/ledger.js';
export type { Departure, PublishedEntry } from './ledger/published.entry.js';
export type { RequestLog, RequestQuery } from './ledger/request.log.js';
export type { RequestRecord } from './ledger/request.record.js';

export type { InstanceIdentity } from './notification/instance.identity.js';
export type { MessageData } from './notification/message.data.js';
export type { MessageEnvelope } from './notification/message.envelope.js';
export type { NotificationBuilder } from './notification/notification.builder.js';
export type { NotificationObject } from './notification/notification.object.js';
export type { CatalogueItem } from './notification/catalogue.item.js';
export { catalogue } from './notification/catalogue.js';
export { messages } from './notification/messages/messages.js';
export { notificationMix, type NotificationMixOptions } from './notification/notification.mix.js';
export type { TypeInstance } from './notification/type-instance.js';

export type { Answer } from './http/answer.js';
export type { HttpExchange } from './http/http.exchange.js';
export type { WebhookHeaders } from './webhook/webhook.headers.js';
export type { PostChanges, WebhookExchange } from './webhook/webhook.exchange.js';

export type { FaultMatch } from './faults/fault.match.js';
export type { FaultRegistry } from './faults/fault.registry.js';
export type { PlannedFault } from './faults/planned.fault.js';
export type { FaultMoment } from './faults/http/fault.moment.js';
export type { HttpFault } from './faults/http/http.fault.js';
export type { HttpFaultMatch } from './faults/http/http-fault.match.js';
export { answerWith, type FaultAnswer } from './faults/http/answer-with.fault.js';
export { apiError } from './faults/http/api-error.fault.js';
export { blackHole } from './faults/http/black-hole.fault.js';
export { closedAfterAnswer } from './faults/http/closed-after-answer.fault.js';
export { connectionReset } from './faults/http/connection-reset.fault.js';
export { delay } from './faults/http/delay.fault.js';
export { drippedBody } from './faults/http/dripped-body.fault.js';
export { duplicateDelivery } from './faults/http/duplicate-delivery.fault.js';
export { malformedBody } from './faults/http/malformed-body.fault.js';
export { proxyPage } from './faults/http/proxy-page.fault.js';
export { staleHead } from './faults/http/stale-head.fault.js';
export { tokenEcho } from './faults/http/token-echo.fault.js';
export { tooManyRequests } from './faults/http/too-many-requests.fault.js';
export { truncatedBody } from './faults/http/truncated-body.fault.js';
export type { WebhookFault } from './faults/webhook/webhook.fault.js';
export { extraHeaders } from './faults/webhook/extra-headers.fault.js';
export { hangUp } from './faults/webhook/hang-up.fault.js';
export { sentAgainLater } from './faults/webhook/sent-again-later.fault.js';
export { sentTwice } from './faults/webhook/sent-twice.fault.js';
export { slowBody } from './faults/webhook/slow-body.fault.js';
export { slowHeaders } from './faults/webhook/slow-headers.fault.js';
