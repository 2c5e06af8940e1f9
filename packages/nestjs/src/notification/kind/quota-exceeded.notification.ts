import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';

/** Which limit of the tariff was reached. */
export interface QuotaData {
  method: OpenString<'correspondents'>;
  /** An integer in GREEN-API's examples, a string in its table. */
  used: number | string;
  /** An integer in GREEN-API's examples, a string in its table. */
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
  /** UNIX seconds. In GREEN-API's table, but in none of its examples. */
  timestamp?: number;
  /** Use `quotaOf` to read it, because one table of GREEN-API calls it `stateInstance`. */
  quotaData?: QuotaData;
  /** The name of `quotaData` in one table of GREEN-API. */
  stateInstance?: QuotaData;
}
