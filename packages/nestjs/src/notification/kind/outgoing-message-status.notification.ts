import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';

/**
 * The status of a sent message. `fail` is the spelling of `failed` in 2021. `noActiveSession` means
 * that WABA's 24-hour window is closed.
 */
export type MessageStatus = OpenString<
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'fail'
  | 'noAccount'
  | 'notInGroup'
  | 'yellowCard'
  | 'noActiveSession'
>;

/**
 * The status of a sent message changed. The order of statuses is not guaranteed: `delivered` may
 * arrive after `read`.
 *
 * GREEN-API: Receiving > Notifications format > Outgoing message status
 */
export interface OutgoingMessageStatus {
  typeWebhook: 'outgoingMessageStatus';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  /** Chat of the message; missing in notifications of 2021 to 2023. */
  chatId?: string;
  /** Id of the message that was sent. */
  idMessage: string;
  status: MessageStatus;
  sendByApi?: boolean;
  /** Why sending failed. */
  description?: string;
}
