/** What is needed to call the GREEN-API methods of one instance. */
export interface InstanceCredentials {
  /** Decimal digits, as a string: GREEN-API has ids of up to 12 digits, and may get longer ones. */
  readonly idInstance: string;
  readonly apiTokenInstance: string;
  /**
   * Scheme and host, such as `https://1101.api.green-api.com`. May end with a path, which is kept.
   */
  readonly apiUrl: string;
  /** Where files are uploaded. Default: the media host that belongs to `apiUrl`. */
  readonly mediaUrl?: string | undefined;
}

/** The first notification of the queue, as `receiveNotification` returns it. */
export interface ReceivedNotification {
  /** The receipt that `deleteNotification` takes: digits, as a string. */
  readonly receiptId: string;
  /** The notification, not validated yet. */
  readonly body: unknown;
}

/** What `deleteNotification` answered. */
export interface Deletion {
  /** False if GREEN-API does not have this notification, or no longer has it. */
  readonly deleted: boolean;
  readonly reason?: string;
}

/** What `clearWebhooksQueue` answered. */
export interface QueueClearing {
  readonly cleared: boolean;
  /** Why the queue was not cleared. */
  readonly reason?: string;
  /** How long to wait before the next try, in milliseconds (`leftTime` of GREEN-API). */
  readonly retryAfterMs?: number;
}

/** A text message for `sendMessage`. */
export interface MessageToSend {
  readonly chatId: string;
  /** 20,000 characters at most on WhatsApp; Telegram and MAX take fewer. */
  readonly message: string;
  /** The `idMessage` of a message of the same chat, to quote it. */
  readonly quotedMessageId?: string;
  /** Whether a link in the text gets a preview. Default: true. */
  readonly linkPreview?: boolean;
}

/** A switch in the settings. */
export type YesNo = 'yes' | 'no';

/**
 * The settings of an instance that are about notifications. Which of them exist depends on the
 * messenger. Other settings of GREEN-API are kept, too, under their own names.
 *
 * GREEN-API: GetSettings, SetSettings
 */
export interface InstanceSettings {
  /** The URL that GREEN-API posts notifications to. Must be empty for polling. */
  readonly webhookUrl?: string;
  /** What GREEN-API sends in the `Authorization` header of each POST. */
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
