import { isUntrustedObject, valueAt } from './common/untrusted-json.reader.js';
import type { QuotaData } from './kind/quota-exceeded.notification.js';
import type { Notification } from './notification.js';

/** Which limit of the tariff was reached, under whichever kind and name GREEN-API reports it. */
export function quotaOf(notification: Notification): QuotaData | undefined {
  const quota = [valueAt(notification, 'quotaData'), valueAt(notification, 'stateInstance')].find(
    isUntrustedObject,
  );
  return quota as QuotaData | undefined;
}
