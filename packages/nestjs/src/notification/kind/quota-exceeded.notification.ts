import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';

/** Which limit of the tariff was reached. */
export interface QuotaData {
  method: OpenString<'correspondents'>;
  /** An integer in the examples, a string in the table. */
  used: number | string;
  /** An integer in the examples, a string in the table. */
  total: number | string;
  status: OpenString<'CORRESPONDENTS_QUOTA_EXCEEDED'>;
  description?: string;
}

/**
 * A limit of the tariff was reached.
 *
 * GREEN-API: Receiving > Notifications format > QuotaExceeded
 */
export interface QuotaExceeded {
  typeWebhook: 'quotaExceeded';
  instanceData: InstanceData;
  /** UNIX seconds; in the table, but in no published notification. */
  timestamp?: number;
  /** Read it with `quotaOf`: a table names it `stateInstance`. */
  quotaData?: QuotaData;
  /** What one table calls `quotaData`. */
  stateInstance?: QuotaData;
}
