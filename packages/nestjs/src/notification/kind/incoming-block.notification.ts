import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';
import type { QuotaData } from './quota-exceeded.notification.js';

/** Somebody blocked the account. */
export interface ContactBlocked {
  typeWebhook: 'incomingBlock';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  /** A string in the examples, where it is always `10000000000@c.us`; an integer in the table. */
  chatId: string | number;
  chatState: OpenString<'blocked'>;
  quotaData?: never;
}

/** English pages publish the body of `quotaExceeded` under `incomingBlock`. */
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
 * Somebody blocked the account, or, when `quotaData` is there, a limit of the tariff was reached.
 *
 * GREEN-API: Receiving > Notifications format > IncomingBlock (deprecated)
 */
export type IncomingBlock = ContactBlocked | MislabelledQuotaExceeded;
