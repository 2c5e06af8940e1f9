import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';
import type { QuotaData } from './quota-exceeded.notification.js';

/** Somebody blocked the account. */
export interface ContactBlocked {
  typeWebhook: 'incomingBlock';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  /** A string in GREEN-API's examples, always `10000000000@c.us`; an integer in its table. */
  chatId: string | number;
  chatState: OpenString<'blocked'>;
  quotaData?: never;
}

/** A `quotaExceeded` body with the kind `incomingBlock`, as GREEN-API's English pages show it. */
export interface MislabelledQuotaExceeded {
  typeWebhook: 'incomingBlock';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp?: number;
  quotaData: QuotaData;
  chatId?: never;
  chatState?: never;
}

/**
 * Somebody blocked the account. If there is `quotaData`, a limit of the tariff was reached instead.
 *
 * GREEN-API: Receiving > Notifications format > IncomingBlock (deprecated)
 */
export type IncomingBlock = ContactBlocked | MislabelledQuotaExceeded;
