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

export type { MessageData } from './notification/message.data.js';
export type { MessageEnvelope } from './notification/message.envelope.js';
export type { NotificationBuilder } from './notification/notification.builder.js';
export type { NotificationObject } from './notification/notification.object.js';
export type { TypeInstance } from './notification/type-instance.js';

export type { Answer } from './http/answer.js';
export type { HttpExchange } from './http/http.exchange.js';
export type { FaultMatch } from './faults/fault.match.js';
export type { FaultRegistry } from './faults/fault.registry.js';
export type { HttpFault } from './faults/http.fault.js';
export type { HttpFaultMatch } from './faults/http-fault.match.js';
export type { PlannedFault } from './faults/planned.fault.js';
export type { PostChanges, WebhookExchange } from './webhook/webhook.exchange.js';
export type { WebhookFault } from './webhook/webhook.fault.js';
