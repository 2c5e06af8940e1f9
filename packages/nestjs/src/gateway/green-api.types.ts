/** What it takes to call one GREEN-API instance. */
export interface InstanceCredentials {
  /** Decimal digits, as text: GREEN-API has ids of up to 12 digits and more may come. */
  readonly idInstance: string;
  readonly apiTokenInstance: string;
  /** Scheme and host, such as `https://1101.api.green-api.com`; a path in front is kept. */
  readonly apiUrl: string;
}

/** The head of an instance's queue, as `receiveNotification` hands it out. */
export interface ReceivedNotification {
  /** Names this hand-out towards `deleteNotification`. Opaque: digits, kept as text. */
  readonly receiptId: string;
  /** The notification, not yet looked at. */
  readonly body: unknown;
}

/** What `deleteNotification` answered. */
export interface Deletion {
  /** False if GREEN-API has no such notification (any more). */
  readonly deleted: boolean;
  readonly reason?: string;
}

/** What `clearWebhooksQueue` answered. */
export interface QueueClearing {
  readonly cleared: boolean;
  /** Why not. */
  readonly reason?: string;
  /** Not before this time, in milliseconds, may it be tried again (`leftTime`). */
  readonly retryAfterMs?: number;
}

/** A text message for `sendMessage`. */
export interface MessageToSend {
  readonly chatId: string;
  readonly message: string;
  /** The `idMessage` that this message quotes. */
  readonly quotedMessageId?: string;
}

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
