import type { InstanceData } from '../common/shared.payloads.js';

/**
 * A `typeWebhook` this version does not know. At run time it is any other string: the pattern
 * exists only so that comparing with a known kind rules the unknown ones out. Reach it with
 * `isUnknownNotification(n)`, or `isNotification('newKind')` for a kind of your own.
 */
export type UnknownNotificationKind = `unknown ${string}` & {
  readonly unknownNotificationKind: never;
};

/** A notification of a kind that this version does not know; GREEN-API adds kinds every year. */
export interface UnknownNotification {
  typeWebhook: UnknownNotificationKind;
  instanceData: InstanceData;
  [field: string]: unknown;
}
