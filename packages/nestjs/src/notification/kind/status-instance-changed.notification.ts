import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';

/** Whether the socket between GREEN-API and the messenger is connected. */
export type StatusInstance = OpenString<'online' | 'offline'>;

/** GREEN-API: Receiving > Notifications format > StatusInstanceChanged (archive) */
export interface StatusInstanceChanged {
  typeWebhook: 'statusInstanceChanged';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  statusInstance: StatusInstance;
}
