import type { IncomingCall, OutgoingCall } from './kind/call.notification.js';
import type { DeviceInfo } from './kind/device-info.notification.js';
import type { IncomingBlock } from './kind/incoming-block.notification.js';
import type {
  IncomingMessage,
  OutgoingApiMessage,
  OutgoingMessage,
} from './kind/message.notification.js';
import type { OutgoingMessageStatus } from './kind/outgoing-message-status.notification.js';
import type { QuotaExceeded } from './kind/quota-exceeded.notification.js';
import type { StateInstanceChanged } from './kind/state-instance-changed.notification.js';
import type { StatusInstanceChanged } from './kind/status-instance-changed.notification.js';
import type { UnknownNotification } from './kind/unknown.notification.js';
import type { OpenString } from './common/open-string.type.js';

/** The notification type of each known `typeWebhook`. */
export interface NotificationByKind {
  incomingMessageReceived: IncomingMessage;
  outgoingMessageReceived: OutgoingMessage;
  outgoingAPIMessageReceived: OutgoingApiMessage;
  outgoingMessageStatus: OutgoingMessageStatus;
  stateInstanceChanged: StateInstanceChanged;
  statusInstanceChanged: StatusInstanceChanged;
  deviceInfo: DeviceInfo;
  incomingCall: IncomingCall;
  outgoingCall: OutgoingCall;
  incomingBlock: IncomingBlock;
  quotaExceeded: QuotaExceeded;
}

/**
 * Every known `typeWebhook`.
 *
 * GREEN-API: Receiving > Notifications format > Type of notification (typeWebhook)
 */
export type NotificationKind = keyof NotificationByKind;

/**
 * The notification type of one kind; `UnknownNotification` if this version does not know the kind.
 */
export type NotificationOf<Kind extends OpenString<NotificationKind> = NotificationKind> =
  Kind extends NotificationKind ? NotificationByKind[Kind] : UnknownNotification;

/**
 * Any notification that GREEN-API delivers: a union that narrows by `typeWebhook`. The
 * `messageData` of a message narrows by its `typeMessage`.
 *
 * GREEN-API: Receiving > Notifications format
 */
export type Notification = NotificationOf | UnknownNotification;
