import type { InstanceData } from '../common/shared.payloads.js';
import type { OpenString } from '../common/open-string.type.js';

/** Whether the account of an instance is authorized, or why it is not. */
export type StateInstance = OpenString<
  | 'notAuthorized'
  | 'authorized'
  | 'blocked'
  | 'starting'
  | 'suspended'
  | 'sleepMode'
  | 'yellowCard'
  | 'pendingCode'
  | 'pendingPassword'
>;

/** GREEN-API: Receiving > Notifications format > StateInstanceChanged */
export interface StateInstanceChanged {
  typeWebhook: 'stateInstanceChanged';
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  stateInstance: StateInstance;
}
