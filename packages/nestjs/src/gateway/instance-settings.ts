/** How GREEN-API writes a switch. */
export type YesNo = 'yes' | 'no';

/**
 * The settings of an instance that have to do with notifications. Which of them there are depends
 * on the messenger; whatever else GREEN-API has is kept under its own name.
 *
 * GREEN-API: GetSettings, SetSettings
 */
export interface InstanceSettings {
  /** Where notifications are posted; empty if they are to be polled. */
  readonly webhookUrl?: string;
  /** What GREEN-API sends as `Authorization` with each POST. */
  readonly webhookUrlToken?: string;
  readonly incomingWebhook?: YesNo;
  /** Statuses of sent messages. */
  readonly outgoingWebhook?: YesNo;
  /** Messages sent from the phone. */
  readonly outgoingMessageWebhook?: YesNo;
  /** Messages sent through the API. */
  readonly outgoingAPIMessageWebhook?: YesNo;
  readonly stateWebhook?: YesNo;
  readonly statusInstanceWebhook?: YesNo;
  readonly deviceWebhook?: YesNo;
  readonly pollMessageWebhook?: YesNo;
  readonly incomingCallWebhook?: YesNo;
  readonly outgoingCallWebhook?: YesNo;
  readonly incomingBlockWebhook?: YesNo;
  readonly editedMessageWebhook?: YesNo;
  readonly deletedMessageWebhook?: YesNo;
  readonly [setting: string]: unknown;
}
